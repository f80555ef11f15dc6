import { expect, test } from "vitest";
import {
  chartDays,
  daysInMonth,
  type RangeName,
  rangeOf,
  spokenDay,
} from "../../../../webview/lib/bill/range.ts";

const now = new Date(2026, 10, 21, 15).getTime();
const custom = { from: "2026-03-05", to: "2026-03-01" };

test.each<[RangeName, string, string]>([
  ["today", "2026-11-21", "2026-11-21"],
  ["7", "2026-11-15", "2026-11-21"],
  ["30", "2026-10-23", "2026-11-21"],
  ["month", "2026-11-01", "2026-11-21"],
  ["custom", "2026-03-01", "2026-03-05"],
])("%s is from %s to %s", (name, from, to) => {
  expect(rangeOf(name, custom, now)).toEqual({ from, to });
});

test("a chart shows two weeks at least", () => {
  expect(chartDays({ from: "2026-11-21", to: "2026-11-21" })).toHaveLength(14);
  expect(chartDays({ from: "2026-01-01", to: "2026-12-31" })).toHaveLength(365);
});

test.each([
  ["2026-11-21", "today"],
  ["2026-11-20", "yesterday"],
  ["2026-11-16", "Monday"],
  ["2026-11-14", "14 Nov"],
])("%s is %s", (day, name) => {
  expect(spokenDay(day, now)).toBe(name);
});

test.each([
  ["2026-11-21", 30],
  ["2028-02-03", 29],
])("the month of %s has %d days", (day, days) => {
  expect(daysInMonth(day)).toBe(days);
});
