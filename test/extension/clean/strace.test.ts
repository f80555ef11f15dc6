import { expect, test } from "vitest";
import type { Fact } from "../../../extension/clean/facts.ts";
import { readStrace } from "../../../extension/clean/strace.ts";
import { contextOf } from "../../../extension/clean/turn.ts";

const KEY = ["sk", "ant", "api03", "a".repeat(24)].join("-");

/** An event as agent-strace writes it, so many seconds after the start. */
function event(event_type: string, after: number, data: object = {}, more: object = {}): string {
  const timestamp = 1_795_000_000 + after;
  return JSON.stringify({ event_type, timestamp, event_id: `e${after}`, session_id: "abc", data, ...more });
}

const TRACE = [
  event("session_start", 0, { mode: "claude-code-hooks" }),
  event("user_prompt", 1, { prompt: `Fix it with ${KEY}.` }),
  event("llm_request", 2, { model: "gpt-4o", message_count: 1 }),
  event("llm_response", 3.5, { prompt_tokens: 1_000_000, completion_tokens: 0, total_tokens: 1_000_000 }),
  event("tool_call", 4, { tool_name: "Bash", arguments: { command: "ls" } }),
  event("tool_result", 5, { tool_name: "Bash", result: "a.ts" }, { parent_id: "e4", duration_ms: 900 }),
  event("tool_call", 6, { tool_name: "Read", arguments: {} }),
  event("error", 7, { tool_name: "Read", error: "File does not exist." }),
  event("tool_call", 8, { tool_name: "Grep", arguments: {}, request_id: "toolu_1" }),
  event("tool_call", 9, { tool_name: "Grep", arguments: {}, request_id: "toolu_2" }),
  event("tool_result", 10, { tool_use_id: "toolu_1", content_preview: "found" }),
  event("decision", 11, { choice: "rewrite", reason: "it is short" }),
  event("assistant_response", 12, { text: "Done." }),
  event("file_read", 13, { uri: "file:///a.ts" }),
  event("error", 14, { message: "Overloaded" }),
  event("session_end", 15, { exit_code: 0 }),
];

function read(lines: string[], tier: 1 | 2 | 3 = 3) {
  return readStrace(lines, "unnamed", contextOf({ tier, prices: {}, redact: [] }, "key"));
}

const words = (facts: Fact[]) =>
  facts.flatMap(fact => (fact.kind === "content" ? [`${fact.of} ${fact.owner}: ${fact.text}`] : []));

test("a trace is a session with its prompts, steps, how they ended, and what its requests cost", () => {
  const { facts, skipped, unknown } = read(TRACE);
  const steps = facts.flatMap(fact => (fact.kind === "step" ? [[fact.type, fact.name, fact.status]] : []));
  expect([skipped, unknown]).toEqual([0, []]);
  expect(steps).toEqual([
    ["tool", "Bash", undefined],
    ["tool", "Read", undefined],
    ["tool", "Grep", undefined],
    ["tool", "Grep", undefined],
    ["thinking", undefined, "ok"],
    ["response", undefined, "ok"],
    ["tool", "file_read", "ok"],
    ["error", undefined, "failed"],
  ]);
  const results = facts.flatMap(fact =>
    fact.kind === "result" ? [[fact.step, fact.status, fact.duration]] : [],
  );
  expect(results).toEqual([
    ["abc:e4", "ok", 900],
    ["abc:e6", "failed", 1000],
    ["abc:e8", "ok", 2000],
  ]);
  expect(facts.flatMap(fact => (fact.kind === "failure" ? [[fact.step, fact.code]] : []))).toEqual([
    ["abc:e6", "not_found"],
    ["abc:e14", "error"],
  ]);
  expect(facts.find(({ kind }) => kind === "request")).toMatchObject({
    ...{ id: "abc:e2", model: "gpt-4o", duration: 1500, prompt: "abc:e1" },
    usage: { input: 1_000_000, output: 0, cost: 2_500_000_000 },
  });
  expect(facts.findLast(({ kind }) => kind === "session")).toMatchObject({ endReason: "other" });
  expect(new Set(facts.map(({ session }) => session))).toEqual(new Set(["abc"]));
});

test.each<[1 | 2 | 3, string[]]>([
  [1, []],
  [
    2,
    [
      "title abc: Fix it with [redacted: Anthropic key].",
      "prompt abc:e1: Fix it with [redacted: Anthropic key].",
    ],
  ],
  [
    3,
    [
      "result abc:e4: a.ts",
      "thinking abc:e11: rewrite: it is short",
      "response abc:e12: Done.",
      "error abc:e14: Overloaded",
    ],
  ],
])("at tier %i of its words those are kept that may be, without secrets", (tier, kept) => {
  const all = words(read(TRACE, tier).facts);
  expect(all.length > 0).toBe(tier > 1);
  expect(all).toEqual(expect.arrayContaining(kept));
  expect(all.some(text => text.startsWith("result"))).toBe(tier === 3);
});

test("the same trace read twice gives the same ids, with or without them in it", () => {
  const without = TRACE.map(line => line.replace(/"event_id":"\w+",?/, ""));
  for (const lines of [TRACE, without]) expect(read(lines)).toEqual(read(lines));
});

test.each([
  ["not JSON", "{"],
  ["no event", '{"a":1}'],
  ["no time", '{"event_type":"tool_call","timestamp":"now"}'],
  ["a time that is none", '{"event_type":"tool_call","timestamp":1e300}'],
  [
    "another format of theirs, without times",
    '{"event_type":"tool_call","offset_ms":0,"sequence":1,"data":{}}',
  ],
])("a line with %s is counted", (_, line) => {
  expect(read([line, "", TRACE[0] ?? ""])).toMatchObject({ skipped: 1, facts: [{ kind: "session" }] });
});

test("what is not known is named, and hostile data does no harm", () => {
  expect(read([event("dream", 1)])).toEqual({ facts: [], skipped: 0, unknown: ["dream"] });
  expect(read([event("constructor", 1)]).unknown).toEqual(["constructor"]);
  const odd = { tool_name: 7, arguments: "x", prompt: [], text: {}, model: null, input_tokens: -1 };
  for (const type of [
    "tool_call",
    "tool_result",
    "user_prompt",
    "assistant_response",
    "llm_response",
    "error",
  ])
    expect(read([event(type, 1, odd)]).skipped).toBe(0);
  expect(read([event("user_prompt", 1, { prompt: "Hi" }, { session_id: "" })]).facts[0]?.session).toBe(
    "unnamed",
  );
});
