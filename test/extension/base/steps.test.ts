import { describe, expect, test } from "vitest";
import { isError, isTrouble, labelOf, timesOf, toolCalls, troubleOf } from "../../../extension/base/steps.ts";
import type { Prompt, Step } from "../../../extension/protocol.ts";

const step = (more: Partial<Step>) => more as Step;

test("of the steps below a prompt lists show the tool calls", () => {
  const kinds = ["response", "tool", "thinking", "tool", "retry", "command"] as const;
  const prompt = { steps: kinds.map((kind, i) => step({ kind, id: `${i}` })) } as Prompt;
  expect(toolCalls(prompt).map(({ id }) => id)).toEqual(["1", "3"]);
});

test.each([
  ["Edit", "/home/sam/dev/shop/total.ts", "total.ts"],
  ["NotebookEdit", "C:\\nb\\a.ipynb", "a.ipynb"],
  ["Bash", "npm test\n# twice", "npm test"],
  ["Bash", "cat /etc/hosts", "cat /etc/hosts"],
  ["Grep", "TODO", "TODO"],
  ["Agent", null, ""],
  [null, "words", "words"],
])("%s of %j: %j", (name, target, label) => expect(labelOf(step({ name, target }))).toBe(label));

test.each([
  ["ok", undefined],
  ["running", undefined],
  ["failed", "failed"],
  ["denied", "denied"],
  ["interrupted", "interrupted"],
] as const)("what %s is in trouble: %s", (status, trouble) =>
  expect(troubleOf(step({ status }))).toBe(trouble),
);

test.each<[string, Partial<Step>, boolean]>([
  ["what went well", { status: "ok" }, false],
  ["what goes on", { status: "running" }, false],
  ["what was denied", { status: "denied" }, true],
  ["what the service could not do", { status: "ok", kind: "error" }, true],
  ["what was tried again", { status: "ok", failure: { type: "model", code: "overloaded" } }, true],
])("%s went wrong: %j is %s", (_, more, wrong) =>
  expect(isTrouble(step({ failure: null, ...more }))).toBe(wrong),
);

describe("time is the agent's while it answers, and the user's", () => {
  const times = (startedAt: number, endedAt: number, ...steps: Step[]) =>
    ({ startedAt, endedAt, steps }) as Prompt;
  const asked = (waitedMs: number, agentId: string | null = null) => step({ waitedMs, agentId });

  test.each<[what: string, prompts: Prompt[], active: number, waiting: number]>([
    ["between two prompts", [times(0, 60), times(100, 130)], 90, 40],
    ["while they are asked for permissions", [times(0, 60, asked(10), asked(15))], 35, 25],
    ["at most for as long as it took", [times(0, 60, asked(50), asked(50))], 0, 60],
    ["not while others go on", [times(0, 60, asked(50, "agent"))], 60, 0],
  ])("%s", (_, prompts, active, waiting) => expect(timesOf({ prompts })).toEqual({ active, waiting }));
});

test.each<[string, Step["failure"], boolean]>([
  ["went well", null, false],
  ["failed", { type: "tool", code: "exit_code" }, true],
  ["was denied", { type: "permission", code: "denied" }, true],
  ["the user interrupted", { type: "user", code: "interrupted" }, false],
])("a call that %s: %j counts as an error: %s", (_, failure, counts) => {
  expect(isError(step({ failure }))).toBe(counts);
});
