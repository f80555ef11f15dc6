import { describe, expect, test } from "vitest";
import type { Tier } from "../../../extension/clean/facts.ts";
import {
  eventOfHook,
  eventOfProgram,
  eventOfRecord,
  factsOfEvent,
  lineToKeep,
} from "../../../extension/clean/facts-of-event.ts";
import { noteOfHook } from "../../../extension/clean/hook.ts";
import { Prices } from "../../../extension/clean/prices.ts";
import { Redactor } from "../../../extension/clean/redact.ts";

const redactor = new Redactor();
const prices = new Prices();
const terms = (tier: Tier) => ({ tier, hash: (path: string) => `hash of ${path}`, redactor });
const factsOf = (hook: object, tier: Tier = 1) =>
  factsOfEvent(JSON.stringify(eventOfHook({ session_id: "s", ...hook }, 1000, terms(tier))), prices).facts;
const call = { tool_use_id: "t1", tool_name: "Bash" };
const session = { kind: "session", session: "s", at: 1000 };
const working = { ...session, mood: "working" };
const step = { kind: "step", type: "tool", session: "s", id: "t1", name: "Bash" };
const result = { kind: "result", session: "s", step: "t1", at: 1000, from: "hook" };
const failure = { kind: "failure", session: "s", step: "t1", at: 1000, from: "hook", type: "tool" };
const patch = [{ lines: ["-a", "+b", "+c"] }];
const denial = "Permission to use Bash with command rm has been denied.";

describe("a hook tells of", () => {
  test.each<[string, object, object[]]>([
    [
      "a prompt, known by its turn until the transcript has it",
      { hook_event_name: "UserPromptSubmit", prompt: "Fix it.", prompt_id: "p1" },
      [working, { kind: "prompt", session: "s", id: "~p1", turn: "p1", at: 1000, rank: -1 }],
    ],
    [
      "a background task that ended, which comes as a prompt",
      { hook_event_name: "UserPromptSubmit", prompt: "<task-notification>…", prompt_id: "p1" },
      [working],
    ],
    ["a call that begins", { ...call, hook_event_name: "PreToolUse" }, [working, { ...step, at: 1000 }]],
    [
      "one that went well",
      { ...call, hook_event_name: "PostToolUse", duration_ms: 90.4 },
      [working, step, { ...result, status: "ok", duration: 90 }],
    ],
    [
      "one that goes on in the background",
      { ...call, hook_event_name: "PostToolUse", tool_response: { backgroundTaskId: "b" } },
      [working, step, { ...result, status: "running" }],
    ],
    [
      "one that failed",
      { ...call, hook_event_name: "PostToolUseFailure", error: "Exit code 1\nFAIL" },
      [working, step, { ...result, status: "failed" }, { ...failure, code: "exit_code" }],
    ],
    [
      "one that the user stopped",
      { ...call, hook_event_name: "PostToolUseFailure", is_interrupt: true },
      [
        working,
        step,
        { ...result, status: "interrupted" },
        { ...failure, type: "user", code: "interrupted" },
      ],
    ],
    [
      "one that was not allowed, of which only the batch tells",
      { hook_event_name: "PostToolBatch", tool_calls: [{ ...call, tool_response: denial }] },
      [
        session,
        step,
        { ...result, from: "inferred", status: "denied" },
        { ...failure, from: "inferred", type: "permission", code: "denied" },
      ],
    ],
    [
      "an edit",
      {
        ...{ ...call, hook_event_name: "PostToolUse", agent_id: "a1" },
        tool_response: { filePath: "/f", structuredPatch: patch },
      },
      [
        session,
        { kind: "agent", session: "s", id: "a1" },
        { ...step, agent: "a1" },
        { ...result, status: "ok" },
        {
          ...{ kind: "edit", session: "s", step: "t1", at: 1000, from: "hook", agent: "a1" },
          ...{ file: { hash: "hash of /f" }, change: "changed", added: 2, removed: 1 },
        },
      ],
    ],
    [
      "a sub-agent and the call that started it",
      { ...call, hook_event_name: "PostToolUse", tool_response: { agentId: "a1" } },
      [working, step, { ...result, status: "ok" }, { kind: "agent", session: "s", id: "a1", step: "t1" }],
    ],
    [
      "a call of a sub-agent",
      { ...call, hook_event_name: "PreToolUse", agent_id: "a1", agent_type: "Explore" },
      [
        session,
        { kind: "agent", session: "s", id: "a1", type: "Explore" },
        { ...step, at: 1000, agent: "a1" },
      ],
    ],
    [
      "a permission that it asks for",
      { hook_event_name: "PermissionRequest", tool_name: "Bash" },
      [{ ...session, mood: "asking", asked: "Bash" }],
    ],
    ["the end of a turn", { hook_event_name: "Stop" }, [{ ...session, mood: "answered" }]],
    [
      "the end of a session, and where it was",
      { hook_event_name: "SessionEnd", reason: "clear", cwd: "/shop" },
      [{ ...session, endReason: "clear", project: "/shop", projectRank: -(2 ** 51) - 1000 }],
    ],
  ])("%s", (_, hook, facts) =>
    expect(factsOf(hook)).toEqual(facts.map(fact => expect.objectContaining(fact))),
  );

  test("nothing that is new to this version, but it is counted", () => {
    const line = JSON.stringify(eventOfHook({ session_id: "s", hook_event_name: "Dreamt" }, 5, terms(1)));
    expect(factsOfEvent(line, prices).unknown).toBe("hooks of type Dreamt");
  });
});

test("of a hook no words are kept, and fields only as what they should be", () => {
  const words = {
    prompt: "secret",
    tool_input: { command: "secret" },
    tool_response: { stdout: "secret", filePath: "/secret", structuredPatch: patch },
    last_assistant_message: "secret",
  };
  const note = noteOfHook({ ...call, ...words, hook_event_name: "Stop", duration_ms: "90" }, terms(1));
  expect(note).toEqual({ ...call, hook_event_name: "Stop" });
  const edited = eventOfHook({ ...call, ...words, hook_event_name: "PostToolUse" }, 5, terms(2));
  expect(
    JSON.stringify(edited)
      .replace("hash of /secret", "")
      .match(/secret/g),
  ).toHaveLength(1); // the path
  expect(noteOfHook("not even an object", terms(1))).toEqual({});
});

describe("telemetry tells of", () => {
  const tell = (name: string, attributes: object) => {
    const record = { at: 1000, name, attributes: { "session.id": "s", ...attributes }, resource: {} };
    const event = eventOfRecord(record);
    return event ? factsOfEvent(JSON.stringify(event), prices) : undefined;
  };
  const told = { kind: "result", session: "s", step: "t1", at: 1000, from: "telemetry" };
  test.each<[string, string, object, object[]]>([
    [
      "a prompt, by the id of its line",
      "user_prompt",
      { "prompt.id": "p1", "message.uuid": "u1", prompt: "Fix it." },
      [working, { kind: "prompt", session: "s", at: 1000, turn: "p1", id: "u1" }],
    ],
    [
      "no prompt in a command of the client",
      "user_prompt",
      { "prompt.id": "p1", command_name: "compact" },
      [working],
    ],
    [
      "a request with its true cost",
      "api_request",
      {
        ...{ request_id: "req_1", model: "claude-opus-5-5[1m]", input_tokens: "6", output_tokens: 77 },
        ...{ cache_read_tokens: 5, cache_creation_tokens: 213, cache_creation_1h_tokens: 200 },
        ...{ cost_usd: "0.0050912", duration_ms: 111 },
      },
      [
        session,
        {
          ...{
            kind: "request",
            session: "s",
            id: "req_1",
            at: 1000,
            model: "claude-opus-5-5",
            duration: 111,
          },
          usage: expect.objectContaining({ input: 6, output: 77, cacheWrite5m: 13, cost: 5_091_200 }),
        },
      ],
    ],
    [
      "a call with its own duration",
      "tool_result",
      { tool_use_id: "t1", tool_name: "Bash", success: "true", duration_ms: "24", request_id: "req_1" },
      [working, { ...step, at: 976, request: "req_1" }, { ...told, status: "ok", duration: 24 }],
    ],
    [
      "a call that was not allowed",
      "tool_decision",
      { tool_use_id: "t1", tool_name: "Bash", decision: "reject" },
      [
        working,
        { ...step, at: 1000 },
        { ...told, status: "denied" },
        { kind: "failure", step: "t1", type: "permission", code: "denied" },
      ],
    ],
    [
      "a call that the user was asked for",
      "tool_decision",
      { tool_use_id: "t1", tool_name: "Bash", decision: "accept", source: "user_temporary" },
      [working, { ...step, at: 1000, decidedAt: 1000 }],
    ],
    [
      "a call that needed no asking",
      "tool_decision",
      { tool_use_id: "t1", tool_name: "Bash", decision: "accept", source: "config" },
      [working, { ...step, at: 1000, decidedAt: undefined }],
    ],
    ["a request that failed", "api_error", { status_code: 400 }, [{ ...session, mood: "failed" }]],
  ])("%s", (_, name, attributes, facts) =>
    expect(tell(name, attributes)?.facts).toEqual(facts.map(fact => expect.objectContaining(fact))),
  );

  test("nothing of what is told elsewhere, or of no session", () => {
    expect(tell("hook_registered", {})).toBeUndefined();
    expect(tell("user_prompt", { "session.id": undefined })).toBeUndefined();
  });

  test("nothing that is new to this version, but it is counted", () => {
    expect(tell("dreamt", { words: "secret" })).toEqual({
      kind: "telemetry",
      facts: [],
      unknown: "telemetry events of type dreamt",
    });
  });
});

test("an event that has to wait has no path at any tier", () => {
  const tool_response = { filePath: "/a/path", structuredPatch: patch };
  const hook = { ...call, session_id: "s", hook_event_name: "PostToolUse", tool_response };
  const line = JSON.stringify(eventOfHook(hook, 1000, terms(3)));
  expect(line).toContain('"path":"/a/path"');
  expect(lineToKeep(line)).toBe(line.replace(',"path":"/a/path"', ""));
  for (const other of ["{", '{"kind":"dream","path":"x"}']) expect(lineToKeep(other)).toBe(other);
});

test("no secret is taken for a name, a path or a number", () => {
  const token = `np${"m"}_${"R1gF4k3T0kenAb9cDeXy7".repeat(2)}`;
  const hook = {
    ...{ ...call, session_id: "s", hook_event_name: "PostToolUse", agent_type: token },
    tool_response: { filePath: `/a/${token}`, structuredPatch: patch },
  };
  const told = { "session.id": "s", model: token, cost_usd: `0.25 ${token}` };
  const events = [
    eventOfHook(hook, 1000, terms(3)),
    eventOfRecord({ at: 1000, name: "api_request", attributes: told, resource: {} }),
    eventOfProgram({ agent_id: token, event_type: "call", timestamp: 1 }),
  ];
  for (const event of events) {
    expect(JSON.stringify(event)).toContain("[redacted: npm token]");
    expect(JSON.stringify(event)).not.toContain(token.slice(4, 20));
  }
});

test.each([
  ["no JSON", "{"],
  ["no time", '{"kind":"hook","body":{"session_id":"s","hook_event_name":"Stop"}}'],
  ["no session", '{"kind":"hook","at":5,"body":{"hook_event_name":"Stop"}}'],
  ["a field of another type", '{"kind":"hook","at":5,"body":{"session_id":{},"hook_event_name":"Stop"}}'],
  ["another kind", '{"kind":"dream","at":5,"body":{}}'],
])("an event with %s is not understood", (_, line) => expect(() => factsOfEvent(line, prices)).toThrow());
