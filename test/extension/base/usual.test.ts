import { expect, test } from "vitest";
import { addDays, dayAt, daysBetween, usualDay, usualWeekday } from "../../../extension/base/usual.ts";

const days = (costs: Record<string, number>) =>
  Object.entries(costs).map(([name, costUsd]) => ({ name, costUsd }));

test.each<[string, Record<string, number>, number | undefined]>([
  ["nothing before", { "2026-11-21": 5 }, undefined],
  ["the middle one", { "2026-11-18": 1, "2026-11-19": 9, "2026-11-20": 2 }, 2],
  ["between the two in the middle", { "2026-11-19": 1, "2026-11-20": 2 }, 1.5],
  ["days without work don't count", { "2026-11-18": 0, "2026-11-19": 0, "2026-11-20": 2 }, 2],
])("the usual day: %s", (_, costs, usual) => {
  expect(usualDay(days(costs), "2026-11-21")).toBe(usual);
});

test("the usual Saturday is told by enough of them", () => {
  const three = days({ "2026-10-31": 1, "2026-11-07": 2, "2026-11-14": 6, "2026-11-20": 100 });
  expect(usualWeekday(three, "2026-11-21")).toBe(2);
  expect(usualWeekday(three.slice(1), "2026-11-21")).toBeUndefined();
});

test("days go over months, leap days and the changes of the clock", () => {
  expect(addDays("2026-03-01", -1)).toBe("2026-02-28");
  expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
  expect(daysBetween("2026-10-24", "2026-10-27")).toHaveLength(4);
  expect(daysBetween("2026-10-27", "2026-10-24")).toEqual([]);
});

test("a day is the user's own", () => {
  expect(dayAt(new Date(2026, 0, 5, 0, 0).getTime())).toBe("2026-01-05");
  expect(dayAt(new Date(2026, 11, 31, 23, 59).getTime())).toBe("2026-12-31");
});
