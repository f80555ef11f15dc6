import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test, vi } from "vitest";
import { smallSession, userLine } from "../lines.ts";
import { scratch } from "../scratch.ts";

// Recorders are threads and processes of their own, which take their time where all cores are busy.
vi.setConfig({ testTimeout: 30_000 });

const SESSION = ".claude/projects/p/a.jsonl";

/** Runs `agent-trace` with a home of its own. */
function run(home: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { PATH: process.env.PATH, HOME: home };
  return new Promise(resolve =>
    execFile(process.execPath, ["dist/cli.js", ...args, "--port", "0"], { env }, (error, out, err) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err }),
    ),
  );
}

test("list prints the sessions, or says that there are none", async () => {
  await using home = await scratch({ [SESSION]: smallSession() });
  await using empty = await scratch();
  expect((await run(home.path, "list")).out).toContain(
    "Fix the total  (shop, interrupted, 1 prompt, 2 tool calls)",
  );
  expect(JSON.parse((await run(home.path, "list", "--json")).out)).toMatchObject([
    { title: "Fix the total" },
  ]);
  for (const verb of ["list", "cost"])
    expect((await run(empty.path, verb)).out).toMatch(
      /^There are no sessions of Claude Code in .*\.claude or .*\. Another folder is read with --claude-dir\.\n$/,
    );
});

test("of very many sessions list prints the newest hundred and how to have more; programs get all", async () => {
  const sessions = Array.from(
    { length: 130 },
    (_, i) => `${String(i).padStart(8, "0")}-0000-4000-8000-000000000000`,
  );
  await using home = await scratch(
    Object.fromEntries(
      sessions.map((sessionId, i) => [
        `.claude/projects/p/${sessionId}.jsonl`,
        userLine(`Number ${i}`, { sessionId }),
      ]),
    ),
  );
  const lines = (await run(home.path, "list")).out.trim().split("\n");
  expect(lines[0]).toContain("Number 129");
  expect(lines.slice(99)).toEqual([
    expect.stringContaining("Number 30"),
    "These are the newest 100. For more: agent-trace list --limit 1000",
  ]);
  expect((await run(home.path, "list", "--limit", "120")).out.trim().split("\n")).toHaveLength(120);
  expect(JSON.parse((await run(home.path, "list", "--json")).out)).toHaveLength(130);
});

test.each([
  ["help", ["--help"], 0, /list +the sessions/],
  ["help without dashes", ["help"], 0, /list +the sessions/],
  ["help of a command", ["help", "list"], 0, /^agent-trace list: the sessions/],
  ["its version", ["--version"], 0, /^agent-trace \d+\.\d+\.\d+\n$/],
  ["nothing", [], 2, /list +the sessions/],
  ["a mistyped command", ["lst"], 2, /There is no command lst. Did you mean list\?/],
  ["an unknown option", ["list", "--nope"], 2, /--nope.*agent-trace list --help/],
  [
    "a word that is none of its options",
    ["list", "7d"],
    2,
    /list does not take 7d\. See agent-trace list --help/,
  ],
  ["more sessions than one", ["replay", "a", "b"], 2, /replay does not take b/],
  ["half a session", ["list", "--limit", "1.5"], 2, /--limit wants a whole number above 0, not 1\.5/],
  ["no such tier", ["list", "--privacy-tier", "4"], 2, /--privacy-tier wants 1, 2 or 3, not 4/],
  ["inspect of nothing", ["inspect"], 2, /inspect wants a session's id/],
  ["inspect of what is not there", ["inspect", "none"], 1, /There is no session none/],
])("%s", async (_, args, code, words) => {
  await using home = await scratch();
  const result = await run(home.path, ...args);
  expect(result.out + result.err).toMatch(words);
  expect(result.code).toBe(code);
});

test("inspect prints one session whole, by the beginning of its id", async () => {
  await using home = await scratch({ [SESSION]: smallSession() });
  const { out } = await run(home.path, "inspect", "00000000-0000");
  expect(out).toMatch(/^Fix the total\n00000000-0000-4000-8000-000000000001 · /);
  expect(out).toContain("2 tool calls · 1 error\n");
  expect(out).toMatch(/ The total is wrong\. Fix it\. .*\n +Read total\.ts.*\n +Bash npm test {2}\(failed/);
});

test("of several sessions that begin alike it asks for more of the id", async () => {
  await using home = await scratch({
    ".claude/projects/p/a.jsonl": smallSession("One").replaceAll("toolu", "toolu_a"),
    ".claude/projects/p/b.jsonl": smallSession("Two").replaceAll("-000000000001", "-000000000002"),
  });
  const { code, err } = await run(home.path, "inspect", "0");
  expect([code, err]).toEqual([
    1,
    expect.stringMatching(/2 sessions begin with 0:\n .*(One|Two)\n .*(One|Two)\n/),
  ]);
});

test("index reads everything and says what it came to, with what is not known", async () => {
  const strange = 'not json\n{"type":"dream"}\n{"type":"dream"}\n';
  await using home = await scratch({ [SESSION]: smallSession() + strange });
  const { out } = await run(home.path, "index");
  expect(out).toMatch(
    /^1 session, 1 prompt, 2 tool calls, 2 requests, \$0\.00 in 1 file, read in [\d.]+ s\.\n/,
  );
  expect(out).toContain("1 line could not be understood.\n");
  expect(out).toContain("Not known to this version: lines of type dream (2 times).\n");
  expect(JSON.parse((await run(home.path, "index", "--json")).out)).toMatchObject({
    ...{ sessions: 1, prompts: 1, steps: 2, requests: 2, costUsd: 0, files: 1, skipped: 1 },
    unknown: [{ what: "lines of type dream", times: 2 }],
  });
});

test("as JSON times are ISO 8601, and where a transcript lies is left out", async () => {
  await using home = await scratch({ [SESSION]: smallSession() });
  const [row] = JSON.parse((await run(home.path, "list", "--json")).out);
  expect(row.startedAt).toMatch(/^2026-11-20T10:\d\d:\d\d\.000Z$/);
  expect(row).not.toHaveProperty("transcript");
  const session = JSON.parse((await run(home.path, "inspect", row.id, "--json")).out);
  expect(session.prompts[0].steps[0].startedAt).toMatch(/Z$/);
});

test("another Claude folder has a store of its own, so that its sessions don't mix with the user's", async () => {
  await using home = await scratch({
    [SESSION]: smallSession(),
    "copy/projects/p/b.jsonl": smallSession("Copied"),
  });
  expect((await run(home.path, "list", "--claude-dir", home.at("copy"))).out).toContain("Copied");
  const { out } = await run(home.path, "list");
  expect([out.includes("Fix the total"), out.includes("Copied")]).toEqual([true, false]);
});

test("serve owns the sessions until it is stopped, and others join it", async () => {
  await using home = await scratch({ [SESSION]: smallSession() });
  const env = { PATH: process.env.PATH, HOME: home.path };
  const server = spawn(process.execPath, ["dist/cli.js", "serve", "--port", "0"], { env });
  const [line] = await once(server.stdout, "data");
  expect(String(line)).toContain("Recording. 1 transcript below");
  expect((await run(home.path, "list")).out).toContain("Fix the total");
  server.kill("SIGTERM");
  expect(await once(server, "exit")).toEqual([0, null]);
});

test("killed at any moment of its first reading, it has every session the next time, once", async () => {
  const files = Array.from({ length: 300 }, (_, i) => [
    `.claude/projects/p/${i}.jsonl`,
    smallSession(`Session ${i}`)
      .replaceAll("000000000001", String(i).padStart(12, "0"))
      .replaceAll("toolu_", `toolu_${i}_`)
      .repeat(5),
  ]);
  await using home = await scratch(Object.fromEntries(files));
  const env = { PATH: process.env.PATH, HOME: home.path };
  for (const moment of [120, 200, 300, 1300]) {
    const server = spawn(process.execPath, ["dist/cli.js", "serve", "--port", "0"], { env });
    await new Promise(resolve => setTimeout(resolve, moment));
    server.kill("SIGKILL");
    await once(server, "exit");
  }
  const sessions = JSON.parse((await run(home.path, "list", "--json")).out) as {
    title: string;
    toolCalls: number;
  }[];
  expect(new Set(sessions.map(session => session.title)).size).toBe(300);
  expect(sessions.every(session => session.toolCalls === 2)).toBe(true);
});
