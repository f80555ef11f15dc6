import type { Budgets, WeekStart } from "../bill.ts";
import { addDays, type Day } from "./usual.ts";

/** What calendars know. */
export type Period = "day" | "week" | "month";

/** What was spent in a period so far, and of how much. */
export interface BudgetState {
  period: Period;
  /** Its first day. */
  start: string;
  costUsd: number;
  budget: number | undefined;
}

/** The day, the week and the month that a day is in. */
export function budgetStates(
  days: Day[],
  today: string,
  budgets: Budgets,
  weekStart: WeekStart,
): BudgetState[] {
  return (["day", "week", "month"] as const).map(period => {
    const start = startOf(period, today, weekStart);
    const within = days.filter(({ name }) => name >= start && name <= today);
    const costUsd = within.reduce((sum, day) => sum + day.costUsd, 0);
    const budget = budgets[period];
    // A user's settings can hold anything.
    return { period, start, costUsd, budget: typeof budget === "number" && budget > 0 ? budget : undefined };
  });
}

/** The first day of the period that a day is in. */
export function startOf(period: Period, today: string, weekStart: WeekStart): string {
  if (period === "day") return today;
  if (period === "month") return `${today.slice(0, 8)}01`;
  const weekday = (new Date(`${today}T12:00:00Z`).getUTCDay() + (weekStart === "monday" ? 6 : 0)) % 7;
  return addDays(today, -weekday);
}

/** The first day that any of the periods of a day may begin with. */
export function firstDay(today: string): string {
  const month = `${today.slice(0, 8)}01`;
  const week = addDays(today, -6);
  return week < month ? week : month;
}
