import { expect, test } from "vitest";
import type { MissCause } from "../../../extension/bill.ts";
import { Prices } from "../../../extension/clean/prices.ts";
import { type Asked, missOf } from "../../../extension/queries/misses.ts";

const MINUTE = 60_000;
const asked = (
  minute: number,
  cacheRead: number,
  cacheWrite5m: number,
  more: Partial<Asked> = {},
): Asked => ({
  ...{ at: Date.parse("2026-11-20T10:00:00Z") + minute * MINUTE, model: "claude-opus-5-5" },
  tokens: { input: 0, output: 10, cacheRead, cacheWrite5m, cacheWrite1h: 0, webSearches: 0 },
  ...more,
});
const before = asked(0, 10_000, 20_000);

// Opus 5.5 costs 5 dollars to write to the cache and 0.4 to read from it.
test.each<[string, Asked, boolean, MissCause | undefined, tokens: number]>([
  ["all is read", asked(1, 30_000, 500), false, undefined, 0],
  ["less than the service caches is missed", asked(1, 29_500, 500), false, undefined, 0],
  ["after a pause", asked(6, 0, 31_000), false, "expired", 30_000],
  ["without one", asked(1, 12_000, 20_000), false, "prefix", 18_000],
  ["after a compaction", asked(6, 0, 8_000), true, "compaction", 8_000],
  ["of another model", asked(1, 0, 30_000, { model: "claude-sonnet-5-5" }), false, "model", 30_000],
])("%s", (_, now, compacted, cause, tokens) => {
  const miss = missOf(before, now, compacted, new Prices());
  expect([miss?.cause, miss?.tokens ?? 0]).toEqual([cause, tokens]);
});

test("what is kept for an hour has not expired after six minutes", () => {
  const tokens = { ...before.tokens, cacheWrite5m: 0, cacheWrite1h: 20_000 };
  const found = [6, 61].map(minute =>
    missOf({ ...before, tokens }, asked(minute, 0, 31_000), false, new Prices()),
  );
  expect(found.map(miss => miss?.cause)).toEqual(["prefix", "expired"]);
});

test("it costs what writing costs more than reading, to the nano-dollar", () => {
  const prices = new Prices({ mine: { input: 4, output: 20, cacheRead: 0.4, cacheWrite5m: 5 } });
  const miss = missOf({ ...before, model: "mine" }, asked(6, 0, 31_000, { model: "mine" }), false, prices);
  expect(miss?.cost).toBe(30_000 * (5000 - 400));
});

test("nothing is said to be lost on a model whose price nobody knows", () => {
  const miss = missOf({ ...before, model: "x" }, asked(6, 0, 31_000, { model: "x" }), false, new Prices());
  expect(miss).toEqual({ cause: "expired", tokens: 30_000, cost: 0 });
});
