import { expect, test } from "vitest";
import { budgetStates, firstDay } from "../../../extension/base/budgets.ts";

const days = [
  { name: "2026-10-31", costUsd: 100 },
  { name: "2026-11-15", costUsd: 8 },
  { name: "2026-11-16", costUsd: 4 },
  { name: "2026-11-21", costUsd: 2 },
];

// The 16th is a Monday, the 21st a Saturday.
test.each([
  ["monday", [2, 6, 14]],
  ["sunday", [2, 14, 14]],
] as const)("what was spent in the day, the week that begins on %s, and the month", (weekStart, spent) => {
  const states = budgetStates(days, "2026-11-21", { week: 10 }, weekStart);
  expect(states.map(({ costUsd }) => costUsd)).toEqual(spent);
  expect(states.map(({ budget }) => budget)).toEqual([undefined, 10, undefined]);
});

test.each([0, -5, Number.NaN, "10"])("a budget of %s is none", budget => {
  const [state] = budgetStates(days, "2026-11-21", { day: budget as number }, "monday");
  expect(state?.budget).toBeUndefined();
});

test.each([
  ["2026-11-21", "2026-11-01"],
  ["2026-11-03", "2026-10-28"],
])("all periods of %s begin at %s or later", (today, first) => {
  expect(firstDay(today)).toBe(first);
  for (const weekStart of ["monday", "sunday"] as const)
    for (const { start } of budgetStates([], today, {}, weekStart)) expect(start >= first).toBe(true);
});
