import { dayAt, startOfDay } from "../base/usual.ts";
import { Misuse } from "./misuse.ts";

const DAY = 24 * 60 * 60 * 1000;
const LENGTHS: Record<string, number> = { h: DAY / 24, d: DAY, w: 7 * DAY };

/** When `--since` means: a day, a while ago, or today. */
export function sinceOf(given: string, now: number): number {
  if (given === "today") return startOfDay(dayAt(now));
  const [, number, unit] = /^(\d{1,4})([hdw])$/.exec(given) ?? [];
  if (number !== undefined && unit !== undefined) return now - Number(number) * (LENGTHS[unit] ?? 0);
  const at = /^\d{4}-\d\d-\d\d$/.test(given) ? startOfDay(given) : Number.NaN;
  if (Number.isNaN(at)) throw new Misuse(`--since wants 2026-11-01, 12h, 7d, 4w or today, not ${given}.`);
  return at;
}
