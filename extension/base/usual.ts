import { atWall, wallAt } from "./zone.ts";

/** What a day usually costs: half of the days with any work cost more, half less. */

export interface Day {
  /** Such as 2026-11-21. */
  name: string;
  costUsd: number;
}

const WEEKS = 8;
/** Fewer of the same weekday say nothing. */
const ENOUGH = 3;

/** The usual day among the `days` before one; undefined when there was none. */
export function usualDay(days: Day[], before: string): number | undefined {
  return median(days.filter(day => day.name < before && day.costUsd > 0).map(day => day.costUsd));
}

/** The usual day of the same weekday, as far as there are enough of them. */
export function usualWeekday(days: Day[], day: string): number | undefined {
  const same = Array.from({ length: WEEKS }, (_, week) => addDays(day, -7 * (week + 1)));
  const alike = days.filter(({ name, costUsd }) => same.includes(name) && costUsd > 0);
  return alike.length >= ENOUGH ? median(alike.map(({ costUsd }) => costUsd)) : undefined;
}

/** A day some days later, or earlier. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** All days from one to another, both with them. */
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

/** The user's calendar day at a time. */
export function dayAt(at: number): string {
  return wallAt(at).toISOString().slice(0, 10);
}

/** When a day begins. */
export function startOfDay(day: string): number {
  return atWall(Date.parse(`${day}T00:00:00Z`));
}

function median(values: number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}
