import type { Spent } from "../protocol.ts";

/** Token sums as the store keeps them. */
export interface UsageSums {
  cost: number | null;
  input: number | null;
  output: number | null;
  cache_read: number | null;
  cache_write_5m: number | null;
  cache_write_1h: number | null;
}

export function spentOf(sums: UsageSums): Spent {
  return {
    tokens: {
      input: sums.input ?? 0,
      output: sums.output ?? 0,
      cacheRead: sums.cache_read ?? 0,
      cacheWrite5m: sums.cache_write_5m ?? 0,
      cacheWrite1h: sums.cache_write_1h ?? 0,
    },
    costUsd: dollars(sums.cost ?? 0),
  };
}

/** Costs are counted in billionths of a dollar. */
export function dollars(nano: number): number {
  return nano / 1e9;
}
