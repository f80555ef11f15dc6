import { Misuse } from "./misuse.ts";

const DAY = 24 * 60 * 60 * 1000;
const LENGTHS: Record<string, number> = { h: DAY / 24, d: DAY, w: 7 * DAY };

/** When `--since` means: a day, a while ago, or today. */
export function sinceOf(given: string, now: number): number {
  if (given === "today") return new Date(now).setHours(0, 0, 0, 0);
  const [, number, unit] = /^(\d{1,4})([hdw])$/.exec(given) ?? [];
  if (number !== undefined && unit !== undefined) return now - Number(number) * (LENGTHS[unit] ?? 0);
  // Without a time it is the day of here, not of Greenwich.
  const at = /^\d{4}-\d\d-\d\d$/.test(given) ? Date.parse(`${given}T00:00`) : Number.NaN;
  if (Number.isNaN(at)) throw new Misuse(`--since wants 2026-11-01, 12h, 7d, 4w or today, not ${given}.`);
  return at;
}

/** `2026-11-01`: the day of here. */
export function dayOf(at: number): string {
  const day = new Date(at);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
