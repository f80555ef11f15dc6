import { expect, test } from "vitest";
import { eventOfHook, factsOfEvent } from "../../../extension/clean/facts-of-event.ts";

const call = { session_id: "s", tool_use_id: "t1", tool_name: "Bash" };
const factsOf = (hook: object) => factsOfEvent(JSON.stringify(eventOfHook(hook, 1000)));
const session = { kind: "session", session: "s", at: 1000 };
const step = { kind: "step", type: "tool", session: "s", id: "t1", name: "Bash" };
const result = { kind: "result", session: "s", step: "t1", at: 1000, rank: 4 };

test.each<[string, object, object[]]>([
  ["a call that begins", { ...call, hook_event_name: "PreToolUse" }, [session, { ...step, at: 1000 }]],
  [
    "one that went well",
    { ...call, hook_event_name: "PostToolUse", duration_ms: 90.4 },
    [session, step, { ...result, status: "ok", duration: 90 }],
  ],
  [
    "one that failed",
    { ...call, hook_event_name: "PostToolUseFailure", error: "Exit code 1" },
    [session, step, { ...result, status: "failed" }, { kind: "failure", session: "s", step: "t1", at: 1000 }],
  ],
  [
    "one that the user stopped",
    { ...call, hook_event_name: "PostToolUseFailure", is_interrupt: true },
    [
      session,
      step,
      { ...result, status: "interrupted" },
      { kind: "failure", session: "s", step: "t1", at: 1000 },
    ],
  ],
  [
    "one of a sub-agent",
    { ...call, hook_event_name: "PreToolUse", agent_id: "a1", agent_type: "Explore" },
    [session, { kind: "agent", session: "s", id: "a1", type: "Explore" }, { ...step, at: 1000, agent: "a1" }],
  ],
  [
    "the end of a session",
    { session_id: "s", hook_event_name: "SessionEnd", reason: "clear" },
    [{ ...session, endReason: "clear" }],
  ],
  ["anything else that happens", { session_id: "s", hook_event_name: "Stop" }, [session]],
])("a hook tells of %s", (_, hook, facts) => expect(factsOf(hook)).toEqual(facts));

test("of a hook only what facts are made of is kept, and only as what it should be", () => {
  const words = {
    prompt: "secret",
    cwd: "/secret",
    tool_input: { command: "secret" },
    tool_response: "secret",
  };
  expect(eventOfHook({ ...call, ...words, hook_event_name: "Stop", duration_ms: "90" }, 5)).toEqual({
    ...{ kind: "hook", at: 5 },
    body: { ...call, hook_event_name: "Stop" },
  });
  expect(eventOfHook("not even an object", 5).body).toEqual({});
});
