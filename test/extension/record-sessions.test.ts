import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { sayTerms } from "../../extension/base/terms.ts";
import { scratch } from "../scratch.ts";
import { recorded, SERVERS, scripted } from "./mcp/servers.ts";
import { call, connected, ended, start } from "./mcp/talk.ts";
import { openOwner } from "./open-owner.ts";

// Servers, clients and recorders are processes of their own.
vi.setConfig({ testTimeout: 60_000 });
const soon = { timeout: 20_000 };

/** The sessions of a folder as a recorder that starts now finds them, by their titles. */
async function sessionsIn(owner: ReturnType<typeof openOwner>, many = 1) {
  await owner.ready();
  const over = async () =>
    (await owner.sessions()).filter(({ status }) => /done|failed|interrupted/.test(status));
  await expect.poll(over, soon).toHaveLength(many);
  const sessions = await Promise.all((await over()).map(({ id }) => owner.session(id)));
  return new Map(sessions.map(session => [session.title, session]));
}

type Told = Pick<Awaited<ReturnType<ReturnType<typeof openOwner>["session"]>>, "prompts">;

const stepsOf = ({ prompts }: Told) => prompts.flatMap(({ steps }) => steps);
const endsOf = (session: Told) => stepsOf(session).map(({ name, status }) => [name, status]);

test("every call of the official client is a step, with its time and its end, in a session of the server's name", async () => {
  await using home = await scratch();
  const client = await connected(recorded(SERVERS.everything(), home.at("data")));
  await client.listTools();
  await client.callTool({ name: "echo", arguments: { message: "hi" } });
  await client.callTool({ name: "get-sum", arguments: { a: 1, b: "x" } });
  const slow = { name: "trigger-long-running-operation", arguments: { duration: 0.3, steps: 3 } };
  await client.callTool(slow, undefined, { onprogress: () => {} });
  const sums = Array.from({ length: 100 }, (_, a) => ({ name: "get-sum", arguments: { a, b: 1 } }));
  await Promise.all(sums.map(sum => client.callTool(sum)));
  await client.close();

  await using owner = openOwner(home.path);
  const session = (await sessionsIn(owner)).get("Everything Reference Server");
  expect(session).toMatchObject({
    ...{ clientVersion: "tester 1.0", status: "done", costUsd: 0, project: process.cwd(), errors: 1 },
    prompts: [{ id: "", text: "(without a prompt)" }],
  });
  const calls = stepsOf(session ?? { prompts: [] }).filter(({ name }) => !name?.startsWith("notifications/"));
  expect(calls.slice(0, 5).map(({ name, status }) => [name, status])).toEqual([
    ["initialize", "ok"],
    ["tools/list", "ok"],
    ["echo", "ok"],
    ["get-sum", "failed"],
    ["trigger-long-running-operation", "ok"],
  ]);
  expect(calls).toHaveLength(105);
  expect(calls.filter(({ durationMs }) => durationMs === null)).toEqual([]);
  expect(calls[4]?.durationMs).toBeGreaterThan(290);
});

const KEY = ["ghp", "a1B2".repeat(9)].join("_");

test.each<[tier: 1 | 2 | 3, string[], input: boolean, result: boolean]>([
  [1, [], false, false],
  [2, [], true, false],
  [3, [], true, true],
  [3, ["--redact"], false, false],
  [3, ["--privacy-tier", "2"], true, false],
])(
  "at tier %i with %j arguments are kept: %j, results: %j, and secrets never",
  async (tier, options, input, result) => {
    await using home = await scratch({ "data/x": "" });
    sayTerms(home.at("data"), { tier, redact: ["fal" + "con-\\d"] });
    const client = await connected(recorded(SERVERS.everything(), home.at("data"), ...options));
    await client.callTool({ name: "echo", arguments: { message: `the-words, ${KEY}, falcon-7` } });
    await client.close();
    const secrets = new RegExp(`${KEY}|falcon-7`);
    expect(bytesIn(home.at("data")).includes("the-words")).toBe(input);
    expect(bytesIn(home.at("data"))).not.toMatch(secrets);

    await using owner = openOwner(home.path, { tier });
    const session = (await sessionsIn(owner)).get("Everything Reference Server");
    const echo = stepsOf(session ?? { prompts: [] }).find(({ name }) => name === "echo");
    const content = await owner.content(session?.id ?? "", echo?.id ?? "");
    expect([/the-words/.test(content.input ?? ""), /Echo: the-words/.test(content.result ?? "")]).toEqual([
      input,
      result,
    ]);
    const { matches } = await owner.search({ q: "the-words" });
    expect(matches.map(({ stepId }) => stepId)).toEqual(
      input ? [echo?.id, ...(result ? [echo?.id] : [])].slice(0, 1) : [],
    );
    await owner.close();
    expect(bytesIn(home.at("data"))).not.toMatch(secrets);
  },
);

test("a server that crashes, and a client that leaves, end the session as such", async () => {
  await using home = await scratch();
  const run = async (name: string, script: string, ask: string, then: "left" | "waits") => {
    const child = start(recorded(scripted(script), home.at("data"), "--name", name));
    if (then === "left") child.stdin.end(ask);
    else child.stdin.write(ask);
    return ended(child);
  };
  const quits = "process.stdin.resume().on('end', () => process.exit(0));";
  const answer = JSON.stringify({ id: 1, result: {} });
  const answers = `process.stdin.once("data", () => process.stdout.write("Content-Length: ${answer.length}\\r\\n\\r\\n" + ${JSON.stringify(answer)}));`;
  const framed = call(1, "a").trim();
  await Promise.all([
    run("crashed", 'process.stdin.once("data", () => process.exit(1))', call(1, "a"), "waits"),
    run(
      "aborted",
      'console.log("Oh no"); process.stdin.once("data", () => process.abort())',
      call(1, "a"),
      "waits",
    ),
    run("left", quits, call(1, "a"), "left"),
    run("framed", answers + quits, `Content-Length: ${framed.length}\r\n\r\n${framed}`, "left"),
  ]);
  await using owner = openOwner(home.path);
  const sessions = await sessionsIn(owner, 4);
  expect(
    Object.fromEntries([...sessions].map(([title, told]) => [title, [told.status, ...endsOf(told)]])),
  ).toEqual({
    crashed: ["failed", ["a", "failed"]],
    aborted: ["failed", ["a", "failed"]],
    left: ["interrupted", ["a", "interrupted"]],
    framed: ["done", ["a", "ok"]],
  });
  expect((await owner.state()).unknown).toEqual([{ what: "messages of MCP's servers or clients", times: 1 }]);
});

test("while a recorder runs, a call is seen as it goes on", async () => {
  await using home = await scratch();
  await using owner = openOwner(home.path);
  await owner.ready();
  const client = await connected(recorded(SERVERS.everything(), home.at("data")));
  const slow = { name: "trigger-long-running-operation", arguments: { duration: 30, steps: 1 } };
  const stop = new AbortController();
  const going = client.callTool(slow, undefined, { signal: stop.signal }).catch(() => {});
  const status = async () => (await owner.sessions())[0]?.status;
  await expect.poll(status, soon).toBe("running");
  stop.abort();
  await going;
  await expect.poll(status, soon).toBe("waiting");
  await client.close();
  await expect.poll(status, soon).toBe("done");
});

/** All bytes on the disk. */
function bytesIn(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => readFileSync(join(entry.parentPath, entry.name), "latin1"))
    .join("\n");
}
