import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { type Fact, type Tier, usageRank } from "../../../extension/clean/facts.ts";
import { Care } from "../../../extension/db/care.ts";
import { Store } from "../../../extension/db/store.ts";
import { settle } from "../../../extension/db/terms.ts";
import { openScratch } from "./open-scratch.ts";
import { write } from "./store-helpers.ts";

const at = Date.parse("2026-11-20T10:00:00Z");
const usage = { input: 1_000_000, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, webSearches: 0 };
const request = (id: string, model: string, rank: number, cost: number): Fact => ({
  ...{ kind: "request", session: "s", id, at, model },
  usage: { ...usage, rank, cost },
});
const words = (tier: Tier): Fact => ({
  kind: "content",
  session: "s",
  of: "prompt",
  owner: `u${tier}`,
  tier,
  text: "x",
});

async function opened() {
  const folder = await openScratch();
  return {
    ...folder,
    settle: (asked: Parameters<typeof settle>[2]) =>
      settle(folder.db, new Care(folder.db, folder.file), asked),
  };
}

test("who says nothing keeps to the terms of before; at first that is the lowest tier and the usual prices", async () => {
  await using store = await opened();
  expect(store.settle({})).toEqual({ tier: 1, prices: {} });
  const asked = { tier: 2, prices: { dream: { input: 5 } } } as const;
  expect(store.settle(asked)).toEqual(asked);
  expect(store.settle({})).toEqual(asked);
  expect(store.settle({ tier: 3 })).toEqual({ ...asked, tier: 3 });
});

test("when prices change what requests cost is counted anew, with its sums; what telemetry said stays", async () => {
  await using store = await opened();
  store.settle({});
  const requests = [
    request("m1", "claude-opus-5-5", 0, 4_000_000_000),
    request("m2", "dream", 0, 0),
    request("m3", "claude-opus-5-5", usageRank.telemetry, 7),
  ];
  write(new Store(store.db), "/t.jsonl", requests);
  const costs = () =>
    store.db.all<{ cost: number | null }>("select cost from request order by id").map(row => row.cost);
  const sum = () => store.db.get<{ cost: number }>("select sum(cost) as cost from total")?.cost;
  store.settle({ prices: { "claude-opus-5-5": { input: 2 }, dream: { input: 1, output: 5 } } });
  expect([costs(), sum()]).toEqual([[2_000_000_000, 1_000_000_000, 7], 3_000_000_007]);
  store.settle({ prices: {} });
  expect([costs(), sum()]).toEqual([[4_000_000_000, null, 7], 4_000_000_007]);
});

test("a higher tier has everything read again, so that its words can be kept", async () => {
  await using store = await opened();
  store.settle({ tier: 1 });
  write(new Store(store.db), "/t.jsonl", [], { skipped: 3, unknown: [["lines of type dream", 2]] });
  store.settle({ tier: 1 });
  expect(new Store(store.db).progress("/t.jsonl")).toBeDefined();
  store.settle({ tier: 2 });
  const after = new Store(store.db);
  expect([after.progress("/t.jsonl"), after.skipped(), after.unknown()]).toEqual([undefined, 0, []]);
});

test("a lower one has the words above it deleted, and the room given back later", async () => {
  await using store = await opened();
  store.settle({ tier: 3 });
  write(new Store(store.db, 3), "/t.jsonl", [words(2), words(3)]);
  store.settle({ tier: 2 });
  expect(store.db.all("select owner from content")).toEqual([{ owner: "u2" }]);
  expect(existsSync(`${store.file}.to-compact`)).toBe(true);
  expect(new Store(store.db).progress("/t.jsonl")).toBeDefined();
});

test("a lower tier holds also when the recorder was killed before the words were gone", async () => {
  await using store = await opened();
  store.settle({ tier: 3 });
  write(new Store(store.db, 3), "/t.jsonl", [words(2), words(3)]);
  const killed = {
    lowerTier: () => {
      throw new Error("killed");
    },
  } as unknown as Care;
  expect(() => settle(store.db, killed, { tier: 1 })).toThrow("killed");
  store.settle({ tier: 1 });
  expect(store.db.all("select owner from content")).toEqual([]);
});
