import type { Window } from "../bill.ts";
import type { Cell, Spending } from "./cells.ts";
import { dollars } from "./spent.ts";

const HOUR = 3_600_000;
/** For so long a subscription's limit counts what is used, from the full hour of the first request on. */
const LENGTH = 5 * HOUR;

/** Which window each hour of use lies in, by its begin: the next one begins with the first use after it has ended. */
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
      const sum = windows.get(start) ?? { cost: 0, requests: 0, tokens: 0 };
      windows.set(start, sum);
      sum.cost += cell.cost;
      sum.requests += cell.requests;
      sum.tokens += cell.tokens;
    }
  return [...windows]
    .sort(([a], [b]) => b - a)
    .map(([start, { cost, ...sum }]) => ({ start, end: start + LENGTH, costUsd: dollars(cost), ...sum }));
}

/** An hour of a day as a number, such as 2026112114. */
function hourIn({ day, hour }: Pick<Cell, "day" | "hour">): number {
  return day * 100 + (hour % 24);
}

function startOf(hour: number): number {
  const day = Math.floor(hour / 100);
  return new Date(
    Math.floor(day / 10_000),
    (Math.floor(day / 100) % 100) - 1,
    day % 100,
    hour % 100,
  ).getTime();
}
