import { expect, test } from "vitest";
import { weekSpans, windowSpans } from "../../../../webview/lib/bill/spans.ts";

const now = new Date(2026, 10, 21, 13, 20).getTime();
const used = { costUsd: 1, tokens: 10, requests: 2 };
const window = (day: number, hour: number) => {
  const start = new Date(2026, 10, day, hour).getTime();
  return { start, end: start + 5 * 3_600_000, ...used };
};

test("a window says when it was, and whether it is not over", () => {
  expect(windowSpans([window(21, 9), window(20, 22), window(18, 19), window(1, 9)], now)).toEqual([
    { id: "2026-11-21 09:00", label: "Today 09:00–14:00", open: true, ...used },
    { id: "2026-11-20 22:00", label: "Yesterday 22:00–03:00", open: false, ...used },
    { id: "2026-11-18 19:00", label: "Wed 19:00–00:00", open: false, ...used },
    { id: "2026-11-01 09:00", label: "1 Nov 09:00–14:00", open: false, ...used },
  ]);
});

test.each([
  ["monday", ["16 Nov – 22 Nov", "9 Nov – 15 Nov"], [1, 2]],
  ["sunday", ["15 Nov – 21 Nov"], [3]],
] as const)("days add up to weeks that begin on a %s", (weekStart, labels, costs) => {
  const days = ["2026-11-15", "2026-11-15", "2026-11-21"].map(day => ({ day, name: "", calls: 0, ...used }));
  const weeks = weekSpans(days, weekStart, now);
  expect(weeks.map(({ label }) => label)).toEqual(labels);
  expect(weeks.map(({ costUsd }) => costUsd)).toEqual(costs);
  expect(weeks[0]?.open).toBe(true);
});
