/** What the second of two is against the first, in words. */
import { count, duration, money, percent, short } from "../../../extension/base/format.ts";

export const SAME = "the same";
/** Shorter times are not told. */
const QUICK_MS = 100;
/** Nor are smaller amounts, which sums of fractions leave over. */
const LEAST_USD = 1e-6;

export function costDifference(a: number, b: number): string {
  const usd = Math.abs(a - b);
  if (usd < LEAST_USD) return SAME;
  // Beyond the double the amount tells more than its share does.
  const share = a > 0 && b < 2 * a ? `, ${percent(usd, a)}` : "";
  return `${money(usd)} ${b < a ? "less" : "more"}${share}`;
}

export function timeDifference(a: number, b: number): string {
  const ms = Math.abs(a - b);
  return ms < QUICK_MS ? SAME : `${duration(ms)} ${b < a ? "shorter" : "longer"}`;
}

/** `3 more`, `86 lines fewer`. */
export function countDifference(a: number, b: number, noun?: string): string {
  if (a === b) return SAME;
  const n = Math.abs(a - b);
  return `${noun ? count(n, noun) : n.toLocaleString("en")} ${b < a ? "fewer" : "more"}`;
}

export function tokensDifference(a: number, b: number): string {
  return a === b ? SAME : `${short(Math.abs(a - b))} ${b < a ? "fewer" : "more"}`;
}

/** Of shares, which one side may lack. */
export function shareDifference(a: number | undefined, b: number | undefined): string {
  if (a === undefined || b === undefined) return "";
  return countDifference(Math.round(100 * a), Math.round(100 * b), "point");
}
