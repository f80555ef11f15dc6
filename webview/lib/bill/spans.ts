import { startOf } from "../../../extension/base/budgets.ts";
import { clock } from "../../../extension/base/format.ts";
import { addDays, dayAt } from "../../../extension/base/usual.ts";
import type { Breakdown, WeekStart, Window } from "../../../extension/bill.ts";
import { dayName, dayTitle } from "./range.ts";

/** What was used for some time. */
export interface Span extends Omit<Window, "start" | "end"> {
  /** Sorts by time. */
  id: string;
  label: string;
  /** It is not over yet. */
  open: boolean;
}

/** `Today 9:00–14:00`. */
export function windowSpans(windows: Window[], now: number): Span[] {
  return windows.map(({ start, end, ...used }) => ({
    id: `${dayAt(start)} ${clock(start)}`,
    label: `${dayTitle(dayAt(start), now)} ${clock(start)}–${clock(end)}`,
    open: now < end,
    ...used,
  }));
}

/** `17 Nov – 23 Nov`, the last one first. */
export function weekSpans(days: Breakdown["days"], weekStart: WeekStart, now: number): Span[] {
  const weeks = new Map<string, Span>();
  for (const { day, costUsd, tokens, requests } of days) {
    const start = startOf("week", day, weekStart);
    const end = addDays(start, 6);
    const label = `${dayName(start)} – ${dayName(end)}`;
    const week = weeks.get(start) ?? {
      ...{ id: start, label, open: dayAt(now) <= end },
      ...{ costUsd: 0, tokens: 0, requests: 0 },
    };
    weeks.set(start, week);
    week.costUsd += costUsd;
    week.tokens += tokens;
    week.requests += requests;
  }
  return [...weeks.values()].sort((a, b) => (a.id < b.id ? 1 : -1));
}
