import { expect, test } from "vitest";
import { partOf } from "../../../extension/clean/assistant.ts";
import { answerLine, assistantLine, toolLine, userLine } from "../../lines.ts";
import { factsIn } from "./interpret.ts";

const USAGE = {
  ...{
    input_tokens: 6,
    output_tokens: 77,
    cache_read_input_tokens: 12_311,
    cache_creation_input_tokens: 213,
  },
  cache_creation: { ephemeral_5m_input_tokens: 13, ephemeral_1h_input_tokens: 200 },
  server_tool_use: { web_search_requests: 2 },
};
const message = {
  id: "m1",
  model: "claude-opus-5-5",
  content: [{ type: "text", text: "Done." }],
  usage: USAGE,
};

test("a request is told with its model, its prompt and what it took", () => {
  const text = userLine("Fix it.", { uuid: "u1" }) + assistantLine(message, { requestId: "req_1" });
  expect(factsIn(text, "request")).toMatchObject([
    {
      ...{ id: "req_1", model: "claude-opus-5-5", prompt: "u1" },
      usage: {
        ...{
          rank: 77,
          input: 6,
          output: 77,
          cacheRead: 12_311,
          cacheWrite5m: 13,
          cacheWrite1h: 200,
          webSearches: 2,
        },
        // 6 × 4 + 77 × 20 + 12,311 × 0.2 + 13 × 5 + 200 × 8 dollars per million, and 2 searches for a cent each.
        cost: 5_691_200 + 20_000_000,
      },
    },
  ]);
});

test.each([
  [
    "more for an hour than were written at all",
    { cache_creation_input_tokens: 5 },
    { cacheWrite5m: 0, cacheWrite1h: 5 },
  ],
  ["nothing of an hour", { cache_creation: undefined }, { cacheWrite5m: 213, cacheWrite1h: 0 }],
  ["numbers that are none", { input_tokens: "6", output_tokens: -5 }, { input: 0, output: 0 }],
  ["served in the United States", { inference_geo: "us" }, { geo: "us" }],
  ["served anywhere", { inference_geo: "not_available" }, { geo: undefined }],
])("usage with %s", (_, usage, expected) => {
  const text = assistantLine({ ...message, usage: { ...USAGE, ...usage } });
  expect(factsIn(text, "request")[0]?.usage).toMatchObject(expected);
});

test.each([
  ["a model without a price", { model: "dream-1" }, undefined],
  ["no model", { model: undefined }, undefined],
])("%s has tokens, but no cost", (_, more, cost) => {
  const [request] = factsIn(assistantLine({ ...message, ...more }), "request");
  expect([request?.usage?.output, request?.usage?.cost]).toEqual([77, cost]);
});

test("a request without usage says nothing of what it took", () => {
  expect(factsIn(assistantLine({ ...message, usage: undefined }), "request")[0]?.usage).toBeUndefined();
});

test.each([
  ["a text", { type: "text", text: "Done." }, { type: "response", id: "a1", status: "ok" }],
  ["a thought", { type: "thinking", thinking: "Hm." }, { type: "thinking", id: "a1", status: "ok" }],
  ["a thought that is kept secret", { type: "redacted_thinking", data: "…" }, { type: "thinking", id: "a1" }],
  [
    "a call",
    { type: "tool_use", id: "t1", name: "Bash", input: {} },
    { type: "tool", id: "t1", name: "Bash" },
  ],
  [
    "one that the service answers",
    { type: "server_tool_use", id: "t1", name: "web_search" },
    { type: "tool", id: "t1" },
  ],
])("%s is a step", (_, block, step) => {
  const text =
    userLine("Fix it.", { uuid: "u1" }) + assistantLine({ ...message, content: [block] }, { uuid: "a1" });
  expect(factsIn(text, "step")).toMatchObject([{ prompt: "u1", request: "m1", ...step }]);
});

test.each([
  ["without a name", { type: "tool_use", id: "t1" }],
  ["without an id", { type: "tool_use", name: "Bash" }],
  ["of a kind that is not known", { type: "dream" }],
])("a block %s is none", (_, block) =>
  expect(factsIn(assistantLine({ ...message, content: [block] }), "step")).toEqual([]),
);

test("a thought lasts as long as the client says, and a response that was cut short was interrupted", () => {
  const thought = assistantLine({ content: [{ type: "thinking" }] }, { thinkingDurationMs: 900 });
  const cut = answerLine("This long answ", { isAbortedMidStream: true });
  expect(factsIn(thought + cut, "step")).toMatchObject([{ duration: 900 }, { status: "interrupted" }]);
});

test.each([
  ["one block, as all clients write it", 0, 1, "a1"],
  ["several", 1, 2, "a1:1"],
])("a line with %s", (_, index, blocks, id) => expect(partOf({ uuid: "a1" }, index, blocks)).toBe(id));

test.each([
  [400, "invalid_request"],
  [401, "unauthorized"],
  [429, "rate_limited"],
  [529, "overloaded"],
  [undefined, "network"],
])("a service that failed with %s is an error of the prompt, and no request", (apiErrorStatus, code) => {
  const failed = { model: "<synthetic>", id: "e1", content: [{ type: "text", text: "API Error" }] };
  const text =
    userLine("Fix it.", { uuid: "u1" }) +
    assistantLine(failed, { uuid: "a1", isApiErrorMessage: true, apiErrorStatus });
  expect(factsIn(text, "step", "failure", "request")).toMatchObject([
    { kind: "step", type: "error", id: "a1", prompt: "u1", status: "failed" },
    { kind: "failure", step: "a1", type: "model", code },
  ]);
});

test("what the client says in the model's place, as that nothing was asked of it, is nothing", () => {
  const text = assistantLine({
    model: "<synthetic>",
    content: [{ type: "text", text: "No response requested." }],
  });
  expect(factsIn(text, "step", "failure", "request")).toEqual([]);
});

test("a sub-agent's work names the agent, not the prompt of the main thread", () => {
  const text =
    userLine("Fix it.", { uuid: "u1" }) + toolLine("t1", "Read", {}, { isSidechain: true, agentId: "a1" });
  const [request, step] = factsIn(text, "request", "step");
  expect([request?.agent, request?.prompt, step?.agent, step?.prompt]).toEqual([
    "a1",
    undefined,
    "a1",
    undefined,
  ]);
});
