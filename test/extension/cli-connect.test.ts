import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { expect, test, vi } from "vitest";
import { scratch } from "../scratch.ts";

// Processes take their time where all cores are busy.
vi.setConfig({ testTimeout: 30_000 });

/** A home of its own, in which `agent-trace` is run. */
async function home(files: Record<string, string> = {}) {
  const folder = await scratch(files);
  const env = { PATH: process.env.PATH, HOME: folder.path };
  async function run(args: string[], input = ""): Promise<{ code: number; out: string; err: string }> {
    const child = spawn(process.execPath, ["dist/cli.js", ...args], { env });
    child.stdin.end(input);
    const [out, err, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "close"),
    ]);
    return { code, out, err };
  }
  const agentTrace = (...args: string[]) => run(args);
  return { ...folder, run, agentTrace, data: folder.at(".local/share/agent-trace") };
}

const SETTINGS = ".claude/settings.json";
const MINE = '{\n  "model": "opus", // mine\n}\n';

test("init shows the change and writes it, status tells of it, disconnect takes it back", async () => {
  await using user = await home({ [SETTINGS]: MINE });
  const { code, out } = await user.agentTrace("init", "--yes");
  expect(out).toMatch(/^--- .*settings\.json\n\+\+\+ .*settings\.json\n@@ -1,3 \+1,\d+ @@\n \{\n/);
  expect(out).toMatch(/\n\+ {4}"SessionStart": .*\nConnected: .*Nobody records now: .*\n/s);
  expect(code).toBe(0);
  expect(await readdir(`${user.data}/inbox`)).toEqual([]); // nothing is left of the trial
  expect((await user.agentTrace("status")).out).toMatch(
    /^Connected in .*: hooks \(6 events\) and telemetry\.\n/,
  );
  expect((await user.agentTrace("init", "--yes")).out).toMatch(/is connected already\.\nNobody records now/);
  expect((await user.agentTrace("disconnect", "--yes")).out).toMatch(/Disconnected/);
  expect(await readFile(user.at(SETTINGS), "utf8")).toBe(MINE);
  expect((await user.agentTrace("disconnect", "--yes")).out).toMatch(/^Nothing is connected in /);
});

test("which events depends on the clients that wrote the transcripts", async () => {
  await using user = await home({ ".claude/projects/p/a.jsonl": '{"type":"user","version":"2.1.329"}\n' });
  const { out } = await user.agentTrace("init", "--yes");
  expect(out).toContain("StopFailure");
  expect((await user.agentTrace("init", "--yes", "--http")).out).toContain(
    '+    "PostToolUse": [{ "hooks": [{ "type": "http"',
  );
});

test("--dry-run writes nothing at all to the settings; neither does no answer", async () => {
  await using user = await home({ [SETTINGS]: MINE });
  expect(await user.agentTrace("init", "--dry-run")).toMatchObject({
    code: 0,
    out: expect.stringMatching(/Nothing was written\.\n$/),
  });
  expect(await user.agentTrace("init")).toMatchObject({
    code: 1,
    err: expect.stringMatching(/it wants --yes/),
  });
  expect(await readFile(user.at(SETTINGS), "utf8")).toBe(MINE);
});

test("a project alone can be connected, into the settings that are its user's own", async () => {
  await using user = await home();
  await mkdir(user.at("shop"));
  const project = ["--project", user.at("shop"), "--yes"];
  await user.agentTrace("init", ...project);
  expect(await readFile(user.at("shop/.claude/settings.local.json"), "utf8")).toContain("hook.sh");
  expect((await user.agentTrace("status", "--project", user.at("shop"))).out).toContain(
    "settings.local.json: hooks (6 events)",
  );
  await user.agentTrace("disconnect", ...project);
  expect(await readdir(user.at("shop"))).toEqual([]);
});

test("a project that is not there is not made", async () => {
  await using user = await home();
  expect(await user.agentTrace("init", "--yes", "--project", user.at("shpo"))).toMatchObject({
    code: 1,
    err: `agent-trace: There is no folder ${user.at("shpo")}.\n`,
  });
});

test.each(["status", "doctor"])("%s says by which command to connect", async verb => {
  await using user = await home();
  expect((await user.agentTrace(verb)).out).toContain("→ Connect Claude Code (agent-trace init) to see");
});

test.each([
  ["2", /OTEL_LOG_USER_PROMPTS": "1"/],
  ["4", /--privacy-tier wants 1, 2 or 3/],
])("--privacy-tier %s", async (tier, words) => {
  await using user = await home();
  const { out, err } = await user.agentTrace("init", "--dry-run", "--privacy-tier", tier);
  expect(out + err).toMatch(words);
});

test("what cannot be understood is not touched, and it says why", async () => {
  await using user = await home({ [SETTINGS]: "{ nope" });
  expect(await user.agentTrace("init", "--yes")).toMatchObject({
    code: 1,
    err: expect.stringMatching(/left as it is.*line 1/),
  });
  expect(await readFile(user.at(SETTINGS), "utf8")).toBe("{ nope");
});

test("while somebody records, init connects to its port, and status tells how it does", async () => {
  await using user = await home();
  const server = spawn(process.execPath, ["dist/cli.js", "serve", "--port", "0"], {
    env: { PATH: process.env.PATH, HOME: user.path },
  });
  await once(server.stdout, "data");
  const { out } = await user.agentTrace("status", "--json");
  const { port, state } = JSON.parse(out);
  expect(state).toMatchObject({ deadLetters: 0 });
  expect((await user.agentTrace("init", "--yes")).out).toContain(`http://127.0.0.1:${port}/v1/logs`);
  expect((await user.agentTrace("status")).out).toMatch(`Recording on port ${port}`);
  server.kill("SIGTERM");
  await once(server, "exit");
  expect((await user.agentTrace("status")).out).toMatch(/Nobody records now/);
});

test("hook takes a hook in without its words, and is silent whatever it is given", async () => {
  await using user = await home();
  const said = { session_id: "s", hook_event_name: "Stop", prompt: "secret" };
  expect(await user.run(["hook"], JSON.stringify(said))).toEqual({ code: 0, out: "", err: "" });
  const [note = ""] = await readdir(`${user.data}/inbox`);
  expect(JSON.parse(await readFile(`${user.data}/inbox/${note}`, "utf8")).body).toEqual({
    session_id: "s",
    hook_event_name: "Stop",
  });
  for (const input of ["", "no json", "[]"])
    expect(await user.run(["hook", "Stop"], input)).toEqual({ code: 0, out: "", err: "" });
  await writeFile(`${user.data}/erased`, "");
  await user.run(["hook"], JSON.stringify(said));
  expect((await readdir(`${user.data}/inbox`)).length).toBe(2); // that one, and the list
});
