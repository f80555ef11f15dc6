import { expect, test } from "vitest";
import type { Row } from "../../../../webview/lib/compare/row.ts";
import { rowsOf } from "../../../../webview/lib/compare/rows.ts";
import { toolRows } from "../../../../webview/lib/compare/tools.ts";
import { inventedSides } from "../../compared.ts";

const BETTER = ["the first is better", "the second is better"];
const told = ({ name, cells: [a, b], difference, better }: Row) => [
  name,
  ...[a, b].map(({ text, aside }) => [text, aside].filter(Boolean).join(", ")),
  ...[difference, better === null ? "" : BETTER[better]],
];

test("two sessions are compared line by line", () => {
  expect(rowsOf(inventedSides()).map(told)).toEqual([
    ["Cost", "$1.24", "$0.31", "$0.93 less, 75 %", "the second is better"],
    ["At work", "5 min", "2 min", "3 min shorter", "the second is better"],
    ["Waiting for you", "2 min", "0 s", "2 min shorter", ""],
    ["Prompts", "2", "1", "1 fewer", ""],
    ["Tool calls", "5", "3", "2 fewer", ""],
    ["Errors", "2", "0", "2 fewer", "the second is better"],
    ["Files changed", "1", "1", "the same", ""],
    ["Lines changed", "+12 −4", "+3 −1", "12 lines fewer", ""],
    ["Commits", "1", "0", "1 fewer", ""],
    ["Sub-agents", "0", "0", "the same", ""],
    ["Tokens read", "100 k", "50 k", "50 k fewer", ""],
    ["Of them from the cache", "90 %", "80 %", "10 points fewer", ""],
    ["Tokens written", "8.0 k", "2.0 k", "6.0 k fewer", ""],
    ["Model", "opus 5.5", "sonnet 4.6", "another", ""],
    ["Client", "Claude Code 2.1.329", "Claude Code 2.1.330", "another", ""],
  ]);
});

test("tools have their calls, failures and time beside each other", () => {
  expect(toolRows(inventedSides()).map(told)).toEqual([
    ["Bash", "4, 2 failed · 16 s", "1, 5.0 s", "3 fewer, 2 fewer failed, 11 s shorter", ""],
    ["Edit", "1", "1", "the same", ""],
    ["Read", "0", "1", "1 more", ""],
  ]);
});

test("a number is a door to where it counts, nothing is none", () => {
  const doors = rowsOf(inventedSides()).map(({ name, cells }) => [name, ...cells.map(({ at }) => at)]);
  expect(doors).toEqual(
    expect.arrayContaining([
      ["Cost", null, null],
      ["Prompts", "p1", "q1"],
      ["Errors", "a1", undefined],
      ["Files changed", "a2", "b2"],
      ["Commits", "a5", undefined],
      ["Model", undefined, undefined],
    ]),
  );
});

test("of prompts nobody waited, and there is one of each", () => {
  const [first, second] = inventedSides();
  const names = rowsOf([{ ...first, prompt: "p1", waitingMs: null }, second]).map(({ name }) => name);
  expect(names).not.toContain("Waiting for you");
  expect(names).not.toContain("Prompts");
});
