import { expect, test } from "vitest";
import { isStrace, linesOfStrace } from "../../../extension/export/strace.ts";

/** An event as agent-strace writes it, so many seconds after the start. */
function event(event_type: string, after: number, data: object = {}, more: object = {}) {
  const timestamp = 1_795_000_000 + after;
  return { event_type, timestamp, event_id: `e${after}`, session_id: "abc", data, ...more };
}

const TRACE = [
  event("session_start", 0, { mode: "claude-code-hooks" }),
  event("user_prompt", 1, { prompt: "Fix it.\nPlease." }),
  event("llm_request", 2, { model: "gpt-4o", message_count: 1 }),
  event("llm_response", 3.5, { prompt_tokens: 1000, completion_tokens: 5, total_tokens: 1005 }),
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

test("a trace is a session with its prompts, requests and steps, and how they ended", () => {
  const lines = linesOfStrace(TRACE, "unnamed");
  expect(new Set(lines.map(({ session }) => session))).toEqual(new Set(["abc"]));
  expect(lines.at(-1)).toMatchObject({
    ...{ type: "session", id: "abc", title: "Fix it.", status: "done" },
    ...{ at: 1_795_000_000_000, endedAt: 1_795_000_015_000 },
  });
  expect(lines.filter(({ type }) => type === "prompt")).toMatchObject([{ id: "abc:e1", number: 1 }]);
  expect(lines.filter(({ type }) => type === "request")).toMatchObject([
    {
      ...{ id: "abc:e2", model: "gpt-4o", durationMs: 1500, promptId: "abc:e1" },
      tokens: { input: 1000, output: 5 },
    },
  ]);
  const steps = lines.filter(({ type }) => type === "step");
  const told = steps.map(({ kind, name, status, durationMs, failure, result, text }) =>
    [kind, name, status, durationMs, failure?.code, result, text]
      .filter(part => part !== undefined)
      .join(" "),
  );
  expect(told).toEqual([
    "tool Bash ok 900 a.ts",
    "tool Read failed 1000 not_found File does not exist.",
    "tool Grep ok 2000 found",
    "tool Grep",
    "thinking ok rewrite: it is short",
    "response ok Done.",
    "tool file_read ok",
    "error failed error Overloaded",
  ]);
  expect(steps[0]?.input).toBe('{"command":"ls"}');
});

test("the same trace read twice gives the same ids, with or without ids in it", () => {
  const without = TRACE.map(({ event_id, ...event }) => event);
  for (const events of [TRACE, without]) {
    const lines = linesOfStrace(events, "s");
    expect(lines).toEqual(linesOfStrace(events, "s"));
    expect(new Set(lines.map(({ type, id }) => `${type} ${id}`)).size).toBe(lines.length);
  }
});

test.each([
  ["an event", TRACE[0] ?? {}, true],
  ["a line of an export", { type: "session", id: "s" }, false],
  ["an event without a time", { event_type: "tool_call", timestamp: "now" }, false],
  ["a time that is none", { event_type: "tool_call", timestamp: 1e300 }, false],
  ["another format of theirs, without times", { event_type: "tool_call", offset_ms: 0, data: {} }, false],
])("%s is told from others", (_, line, is) => {
  expect(isStrace(line as Record<string, unknown>)).toBe(is);
  if (!is) expect(linesOfStrace([line as Record<string, unknown>], "s")).toEqual([]);
});

test("what is not known is left out, and hostile data does no harm", () => {
  expect(linesOfStrace([event("dream", 1), event("constructor", 1)], "s")).toEqual([]);
  const odd = { tool_name: 7, arguments: "x", prompt: [], text: {}, model: null, input_tokens: -1 };
  const types = ["tool_call", "tool_result", "user_prompt", "assistant_response", "llm_response", "error"];
  expect(
    linesOfStrace(
      types.map((type, i) => event(type, i, odd)),
      "s",
    ).length,
  ).toBeGreaterThan(3);
  const [line] = linesOfStrace([event("user_prompt", 1, { prompt: "Hi" }, { session_id: "" })], "unnamed");
  expect(line?.session).toBe("unnamed");
});
