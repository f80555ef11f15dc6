import { expect, test } from "vitest";
import { type Nested, nested } from "../../../extension/views/nesting.ts";
import { agent, step } from "./rows.ts";

type Tree = (string | [string, Tree])[];

function tree(some: Nested[]): Tree {
  return some.map(({ step, below }) => (below.length > 0 ? [step.id, tree(below)] : step.id));
}

const by = (id: string, agentId: string | null) => step(id, { agentId });

test.each([
  ["no sub-agents", [by("1", null), by("2", null)], [], ["1", "2"]],
  ["a thought is left out", [step("1", { kind: "thinking" }), by("2", null)], [], ["2"]],
  [
    "a sub-agent's steps stand below the call",
    [by("1", null), by("2", "a"), by("3", null)],
    [agent("a", "1")],
    [["1", ["2"]], "3"],
  ],
  [
    "two in parallel",
    [by("1", null), by("2", null), by("3", "b"), by("4", "a"), by("5", "b")],
    [agent("a", "1"), agent("b", "2")],
    [
      ["1", ["4"]],
      ["2", ["3", "5"]],
    ],
  ],
  [
    "one that calls another",
    [by("1", null), by("2", "a"), by("3", "b")],
    [agent("a", "1"), agent("b", "2")],
    [["1", [["2", ["3"]]]]],
  ],
  ["one that nobody knows", [by("1", null), by("2", "x")], [], ["1", "2"]],
  ["one that was called before this prompt", [by("2", "a")], [agent("a", "1")], ["2"]],
  ["one that called itself", [by("1", null), by("2", "a")], [agent("a", "2")], ["1", "2"]],
])("%s", (_, steps, agents, expected) => expect(tree(nested(steps, agents))).toEqual(expected));
