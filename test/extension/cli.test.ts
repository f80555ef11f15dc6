import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { smallSession } from "../lines.ts";
import { scratch } from "../scratch.ts";

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
  expect((await run(home.path, "list")).out).toContain("Fix the total  (shop, 1 prompt, 2 steps)");
  expect(JSON.parse((await run(home.path, "list", "--json")).out)).toMatchObject([
    { title: "Fix the total" },
  ]);
  expect((await run(empty.path, "list")).out).toContain("There are no sessions");
});

test.each([
  ["help", ["--help"], 0, /agent-trace list/],
  ["nothing", [], 2, /agent-trace list/],
  ["a mistyped command", ["lst"], 1, /There is no command lst/],
  ["an unknown option", ["list", "--nope"], 2, /--nope/],
])("%s", async (_, args, code, words) => {
  await using home = await scratch();
  const result = await run(home.path, ...args);
  expect(result.out + result.err).toMatch(words);
  expect(result.code).toBe(code);
});

test("serve owns the sessions until it is stopped, and others join it", async () => {
  await using home = await scratch({ [SESSION]: smallSession() });
  const env = { PATH: process.env.PATH, HOME: home.path };
  const server = spawn(process.execPath, ["dist/cli.js", "serve", "--port", "0"], { env });
  const [line] = await once(server.stdout, "data");
  expect(String(line)).toContain("Recording. 1 transcripts");
  expect((await run(home.path, "list")).out).toContain("Fix the total");
  server.kill("SIGTERM");
  expect(await once(server, "exit")).toEqual([0, null]);
});

test("killed at any moment of its first reading, it has every session the next time, once", async () => {
  const files = Array.from({ length: 300 }, (_, i) => [
    `.claude/projects/p/${i}.jsonl`,
    smallSession(`Session ${i}`).replaceAll("000000000001", String(i).padStart(12, "0")).repeat(5),
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
    steps: number;
  }[];
  expect(new Set(sessions.map(session => session.title)).size).toBe(300);
  expect(sessions.every(session => session.steps === 2)).toBe(true);
});
