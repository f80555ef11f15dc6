import { expect, test } from "vitest";
import { showMoneyIn } from "../../../../extension/base/format.ts";
import { labelOf, stackOf } from "../../../../webview/lib/bill/stack.ts";

const used = (day: string, name: string, costUsd: number) => ({
  ...{ day, name, costUsd, tokens: 0, requests: 1, calls: 1 },
});

test("each day is made up of the same parts, the largest first", () => {
  const rows = [
    used("2026-11-01", "claude-haiku-4-5", 1),
    used("2026-11-01", "claude-opus-4-8", 5),
    used("2026-11-03", "claude-haiku-4-5", 2),
  ];
  const { series, days } = stackOf(["2026-11-01", "2026-11-02", "2026-11-03"], rows, "model");
  expect(series.map(({ label }) => label)).toEqual(["opus 4.8", "haiku 4.5"]);
  expect(days.map(({ parts }) => parts)).toEqual([
    [5, 1],
    [0, 0],
    [0, 2],
  ]);
  expect(days.map(({ costUsd }) => costUsd)).toEqual([6, 0, 2]);
});

test("what is too small for a colour of its own is one part, and nothing is lost", () => {
  const rows = Array.from({ length: 9 }, (_, i) => used("2026-11-01", `/p/${i}`, 9 - i));
  const { series, days } = stackOf(["2026-11-01"], rows, "project");
  expect(series.map(({ label }) => label)).toEqual(["0", "1", "2", "3", "others"]);
  expect(days[0]?.parts).toEqual([9, 8, 7, 6, 15]);
});

test("the trend is what the last seven days came to on average, also of those before the chart", () => {
  const rows = Array.from({ length: 9 }, (_, i) => used(`2026-11-0${i + 1}`, i < 7 ? "old" : "new", i + 1));
  const { days, series } = stackOf(["2026-11-08", "2026-11-09"], rows, "agent");
  expect(days.map(({ trend }) => trend)).toEqual([5, 6]);
  expect(series.map(({ name }) => name)).toEqual(["new"]);
});

test.each([
  [29.8, [0, 10, 20, 30]],
  [7, [0, 2.5, 5, 7.5]],
  [0.9, [0, 0.5, 1]],
  [150, [0, 50, 100, 150]],
  [0, [0]],
])("up to %d there are lines at %j", (highest, lines) => {
  const stack = stackOf(["2026-11-01"], [used("2026-11-01", "m", highest)], "model");
  expect(stack.lines.map(line => Math.round(line * 1000) / 1000)).toEqual(lines);
  expect(stack.top).toBeGreaterThan(highest);
});

test("in another currency the lines are at round amounts of it", () => {
  showMoneyIn({ code: "EUR", rate: 0.9 });
  const { lines } = stackOf(["2026-11-01"], [used("2026-11-01", "m", 29.8)], "model");
  showMoneyIn();
  expect(lines.map(line => Math.round(line * 0.9))).toEqual([0, 10, 20, 30]);
});

test.each([
  ["model", "", "unknown model"],
  ["project", "/home/sam/dev/shop", "shop"],
  ["agent", "", "main thread"],
  ["agent", "Explore", "Explore"],
  ["server", "", "no MCP server"],
  ["tool", "", "answers only"],
  ["tool", "mcp__github__create_issue", "github: create issue"],
] as const)("%s %j is called %s", (by, name, label) => {
  expect(labelOf(by, name)).toBe(label);
});
