import { atWall } from "../base/zone.ts";
import type { Window } from "../bill.ts";
import type { Cell, Spending } from "./cells.ts";
import { dollars } from "./spent.ts";

/** For so long a subscription's limit counts what is used, from the full hour of the first request on. */
const LENGTH = 5 * 60;
const MINUTE = 60_000;

/**
 * Which window each hour of use lies in, by its begin in minutes since 1970: the next one begins with the first use
 * after it has ended.
 */
export function windowStarts(used: Spending[]): Map<number, number> {
  const hours = new Set<number>();
  for (const { cells } of used) for (const cell of cells) hours.add(hourIn(cell));
  let start = Number.NEGATIVE_INFINITY;
  return new Map(
    [...hours]
      .sort((a, b) => a - b)
      .map(hour => {
        const at = startOf(hour);
        if (at >= start + LENGTH) start = at;
        return [hour, start];
      }),
  );
}

/** What was asked for of each window, the last one first. */
export function windowsOf(asked: Spending[], starts: Map<number, number>): Window[] {
  const windows = new Map<number, { cost: number; requests: number; tokens: number }>();
  for (const { cells } of asked)
    for (const cell of cells) {
      const start = starts.get(hourIn(cell)) ?? 0;
      const sum = windows.get(start);
      if (sum) {
        sum.cost += cell.cost;
        sum.requests += cell.requests;
        sum.tokens += cell.tokens;
      } else windows.set(start, { cost: cell.cost, requests: cell.requests, tokens: cell.tokens });
    }
  return [...windows]
    .sort(([a], [b]) => b - a)
    .map(([start, { cost, ...sum }]) => ({
      ...{ start: start * MINUTE, end: (start + LENGTH) * MINUTE },
      ...{ costUsd: dollars(cost), ...sum },
    }));
}

/** An hour of a day as a number, such as 2026112114. */
function hourIn({ day, hour }: Pick<Cell, "day" | "hour">): number {
  return day * 100 + (hour % 24);
}

/** In minutes since 1970, which are small enough numbers to be quick. */
function startOf(hour: number): number {
  const day = Math.floor(hour / 100);
  const [year, month] = [Math.floor(day / 10_000), Math.floor(day / 100) % 100];
  return atWall(Date.UTC(year, month - 1, day % 100, hour % 100)) / MINUTE;
}
