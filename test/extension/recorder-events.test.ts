import { readdirSync, readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { Mailbox } from "../../extension/base/mailbox.ts";
import { smallSession, toolLine } from "../lines.ts";
import { scratch } from "../scratch.ts";
import { openOwner } from "./open-owner.ts";
import { post, postHook } from "./post-hook.ts";

// Recorders are threads and processes of their own, which take their time where all cores are busy.
vi.setConfig({ testTimeout: 30_000 });

const ID = "00000000-0000-4000-8000-000000000001";
const SESSION = `.claude/projects/-home-sam-dev-shop/${ID}.jsonl`;

function hook(name: string, id: string, more: object = {}) {
  return { session_id: ID, hook_event_name: name, tool_use_id: id, tool_name: "Bash", ...more };
}

async function steps(owner: ReturnType<typeof openOwner>): Promise<string[]> {
  const { prompts } = await owner.session(ID);
  return prompts.flatMap(prompt =>
    prompt.steps.map(step => `${step.id}${step.status === "failed" ? " failed" : ""}`),
  );
}

test("what a hook says and what the transcript says is one step, whoever comes first or twice", async () => {
  await using home = await scratch({ [SESSION]: smallSession() });
  await using owner = openOwner(home.path);
  await owner.ready();
  const failure = hook("PostToolUseFailure", "toolu_9", { duration_ms: 90, error: "Exit code 1" });
  expect(await postHook(home.at("data"), hook("PreToolUse", "toolu_9"))).toBe(200);
  expect(await postHook(home.at("data"), failure)).toBe(200);
  expect(await postHook(home.at("data"), failure)).toBe(200);
  await expect.poll(() => steps(owner)).toContain("toolu_9 failed");
  await home.append(SESSION, toolLine("toolu_9", "Bash", { command: "npm test" }));
  await expect.poll(async () => JSON.stringify(await owner.session(ID))).toContain("npm test");
  expect(await steps(owner)).toEqual(["toolu_1", "toolu_2 failed", "toolu_9 failed"]);
});

test("telemetry and programs tell of what they cost, in the same sessions or in their own", async () => {
  await using home = await scratch({ [SESSION]: smallSession() });
  await using owner = openOwner(home.path);
  await owner.ready();
  const said = { "session.id": ID, "event.name": "api_request", request_id: "req_9", cost_usd: "0.25" };
  const attributes = Object.entries(said).map(([key, stringValue]) => ({ key, value: { stringValue } }));
  const logRecords = [{ timeUnixNano: `${Date.now()}000000`, attributes }];
  const logs = { resourceLogs: [{ scopeLogs: [{ logRecords }] }] };
  const before = (await owner.totals()).costUsd;
  for (let twice = 0; twice < 2; twice++) expect(await post(home.at("data"), "/v1/logs", logs)).toBe(200);
  await expect.poll(async () => (await owner.totals()).costUsd).toBeCloseTo(before + 0.25, 9);
  const call = { agent_id: "my-agent", event_type: "call", timestamp: Date.now(), tokens_in: 1_000_000 };
  const events = ["gpt-4o", "gpt-dream"].map(model => ({ ...call, model, span_id: model }));
  expect(await post(home.at("data"), "/api/events", { events })).toBe(200);
  const mine = async () => (await owner.sessions()).find(session => session.id === "my-agent");
  await expect.poll(mine).toMatchObject({ costUsd: 2.5, unpricedModels: ["gpt-dream"] });
});

test("events that came while nobody recorded are taken up once, and leave nothing behind", async () => {
  await using home = await scratch({ [SESSION]: smallSession() });
  const mailbox = new Mailbox(home.at("data"));
  const events = ["toolu_7", "toolu_8"].map(id => ({
    kind: "hook",
    at: Date.now(),
    body: hook("PreToolUse", id),
  }));
  await Promise.all([...events, ...events].map(event => mailbox.put(event)));
  await mailbox.seal();
  await using owner = openOwner(home.path);
  await owner.ready();
  await expect.poll(() => steps(owner)).toEqual(["toolu_1", "toolu_2 failed", "toolu_7", "toolu_8"]);
  await expect.poll(() => readdirSync(home.at("data/inbox"))).toEqual([]);
});

test("what can't be stored waits in a file, is told of, and can be tried again", async () => {
  await using home = await scratch({ [SESSION]: smallSession() });
  const line = JSON.stringify({ kind: "hook", at: Date.now(), body: hook("PreToolUse", "toolu_8") });
  await home.write(
    "data/dead-letters.ndjson",
    `${JSON.stringify({ reason: "not known yet", event: line })}\n`,
  );
  await using owner = openOwner(home.path);
  await owner.ready();
  expect(await owner.state()).toMatchObject({
    deadLetters: 1,
    notes: [
      { what: "Some events could not be stored", why: expect.stringContaining("1 event in dead-letters") },
    ],
  });
  expect(await owner.replayEvents()).toBe(1);
  await expect.poll(() => steps(owner)).toContain("toolu_8");
  expect(await owner.state()).toMatchObject({ deadLetters: 0 });
  expect(await owner.replayEvents()).toBe(0);
});

test("of a program's events only what is known reaches the disk, and of a wrong batch nothing", async () => {
  await using home = await scratch({ [SESSION]: smallSession() });
  await using owner = openOwner(home.path);
  await owner.ready();
  const event = {
    agent_id: "agent-nine",
    event_type: "call",
    timestamp: Date.now(),
    prompt: "the-secret-prompt",
  };
  const send = (events: object[]) => post(home.at("data"), "/api/events", { events });
  expect(
    await send([
      { ...event, agent_id: "agent-eight" },
      { ...event, tokens_in: "many" },
    ]),
  ).toBe(400);
  expect(await send([event])).toBe(200);
  await owner.close();
  const all = readdirSync(home.at("data"), { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => readFileSync(`${entry.parentPath}/${entry.name}`, "latin1"))
    .join("");
  expect(all).toContain("agent-nine");
  expect(all).not.toMatch(/the-secret|agent-eight/);
});

test("what is asked of a part of the store is answered over HTTP", async () => {
  await using home = await scratch({ [SESSION]: smallSession() });
  await using owner = openOwner(home.path);
  await owner.ready();
  const [row] = await owner.sessions();
  expect(await owner.sessions({ limit: 1, project: row?.project ?? "" })).toEqual([row]);
  expect(await owner.sessions({ before: `${row?.endedAt},${row?.id}` })).toEqual([]);
  expect((await owner.timeline(ID, { after: "toolu_1" })).map(step => step.id)).toEqual(["toolu_2"]);
  expect(await owner.edits({ session: ID })).toEqual([]);
  expect(await owner.usage({ by: "session" })).toMatchObject([{ name: ID, toolCalls: 2 }]);
  expect(await owner.search({ q: "npm test" })).toMatchObject({ matches: [{ stepId: "toolu_2" }] });
});
