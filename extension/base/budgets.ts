import type { Budgets, WeekStart } from "../bill.ts";
import { addDays, type Day } from "./usual.ts";

/** What was spent in a period so far, and of how much. */
export interface BudgetState {
  period: keyof Budgets;
  /** Its first day. */
  start: string;
  costUsd: number;
  budget: number | undefined;
}

/** From four fifths on there is a warning, from all of it on it is too much. */
export type Level = "fine" | "near" | "over";

/** The day, the week and the month that a day is in. */
export function budgetStates(
  days: Day[],
  today: string,
  budgets: Budgets,
  weekStart: WeekStart,
): BudgetState[] {
  const weekday = (new Date(`${today}T12:00:00Z`).getUTCDay() + (weekStart === "monday" ? 6 : 0)) % 7;
  const starts = { day: today, week: addDays(today, -weekday), month: `${today.slice(0, 8)}01` };
  return (["day", "week", "month"] as const).map(period => {
    const start = starts[period];
    const within = days.filter(({ name }) => name >= start && name <= today);
    const costUsd = within.reduce((sum, day) => sum + day.costUsd, 0);
    const budget = budgets[period];
    // A user's settings can hold anything.
    return { period, start, costUsd, budget: typeof budget === "number" && budget > 0 ? budget : undefined };
  });
}

/** The first day that any of the periods of a day may begin with. */
export function firstDay(today: string): string {
  const month = `${today.slice(0, 8)}01`;
  const week = addDays(today, -6);
  return week < month ? week : month;
}

export function levelOf({ costUsd, budget }: BudgetState): Level {
  if (budget === undefined || costUsd < 0.8 * budget) return "fine";
  return costUsd < budget ? "near" : "over";
}
