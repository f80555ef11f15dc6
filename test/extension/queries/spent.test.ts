import { expect, test } from "vitest";
import { addUsage, noUsage } from "../../../extension/queries/requests.ts";
import { dollars, spentOf } from "../../../extension/queries/spent.ts";

const some = {
  cost: 1_500_000_000,
  input: 1,
  output: 2,
  cache_read: 3,
  cache_write_5m: 4,
  cache_write_1h: 5,
};

test("sums become dollars and tokens, and what is not there is nothing", () => {
  expect(spentOf(some)).toEqual({
    costUsd: 1.5,
    tokens: { input: 1, output: 2, cacheRead: 3, cacheWrite5m: 4, cacheWrite1h: 5 },
  });
  expect(spentOf({ ...some, cost: null, input: null })).toMatchObject({
    costUsd: 0,
    tokens: { input: 0, output: 2 },
  });
});

test("a billionth of a dollar is not lost", () => expect(dollars(1_000_000_001)).toBe(1.000000001));

test("usage adds up", () => {
  const sum = noUsage();
  addUsage(sum, some);
  addUsage(sum, { ...some, cost: null });
  expect(sum).toEqual({
    cost: 1_500_000_000,
    input: 2,
    output: 4,
    cache_read: 6,
    cache_write_5m: 8,
    cache_write_1h: 10,
  });
});
