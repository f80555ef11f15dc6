import { addDays, dayAt, daysBetween } from "../../../extension/base/usual.ts";

export type RangeName = "today" | "7" | "30" | "month" | "custom";

export const RANGES: [RangeName, string][] = [
  ["today", "Today"],
  ["7", "7 days"],
  ["30", "30 days"],
  ["month", "Month"],
  ["custom", "Custom…"],
];

/** From one day to another, both with them. */
export interface Range {
  from: string;
  to: string;
}

export function rangeOf(name: RangeName, custom: Range, now: number): Range {
  const today = dayAt(now);
  switch (name) {
    case "today":
      return { from: today, to: today };
    case "7":
      return { from: addDays(today, -6), to: today };
    case "30":
      return { from: addDays(today, -29), to: today };
    case "month":
      return { from: `${today.slice(0, 8)}01`, to: today };
    case "custom":
      return custom.from <= custom.to ? custom : { from: custom.to, to: custom.from };
  }
}

/** A chart of a day or two says little: it shows as much before. */
const LEAST = 14;

/** The days that a chart of a range shows. */
export function chartDays({ from, to }: Range): string[] {
  const first = addDays(to, 1 - LEAST);
  return daysBetween(from < first ? from : first, to);
}

/** `21 Nov`. */
export function dayName(day: string): string {
  return at(day).toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
}

/** `Friday`. */
export function weekday(day: string): string {
  return at(day).toLocaleDateString("en-GB", { weekday: "long", timeZone: "UTC" });
}

/** `November`. */
export function monthName(day: string): string {
  return at(day).toLocaleDateString("en-GB", { month: "long", timeZone: "UTC" });
}

export function daysInMonth(day: string): number {
  return new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate();
}

/** `today`, `yesterday`, `Thursday` within a week, `21 Nov` before. */
export function spokenDay(day: string, now: number): string {
  const today = dayAt(now);
  if (day === today) return "today";
  if (day === addDays(today, -1)) return "yesterday";
  return day > addDays(today, -7) ? weekday(day) : dayName(day);
}

/** `Today`, `Thu`, `21 Nov`: the same where it stands alone and has little room. */
export function dayTitle(day: string, now: number): string {
  const name = spokenDay(day, now);
  return name === weekday(day) ? name.slice(0, 3) : name[0]?.toUpperCase() + name.slice(1);
}

function at(day: string): Date {
  return new Date(`${day}T12:00:00Z`);
}
