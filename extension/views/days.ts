import { addDays, dayAt } from "../base/usual.ts";

/** The name that a person gives to the day of a time. */
export function dayLabel(at: number, now: number): string {
  const [day, today] = [dayAt(at), dayAt(now)];
  if (day === today) return "Today";
  if (day === addDays(today, -1)) return "Yesterday";
  const options = { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" } as const;
  const sameYear = day.slice(0, 4) === today.slice(0, 4);
  return new Date(day).toLocaleDateString("en-GB", sameYear ? options : { ...options, year: "numeric" });
}
