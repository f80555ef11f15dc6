import { existsSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { countTimeIn } from "../../../extension/base/zone.ts";
import { type Fact, type Tier, usageRank } from "../../../extension/clean/facts.ts";
import type { Terms } from "../../../extension/clean/turn.ts";
import { Care } from "../../../extension/db/care.ts";
import { unpack } from "../../../extension/db/content.ts";
import { Store } from "../../../extension/db/store.ts";
import { settle } from "../../../extension/db/terms.ts";
import { openScratch } from "./open-scratch.ts";
import { write } from "./store-helpers.ts";

afterEach(() => countTimeIn());

const at = Date.parse("2026-11-20T10:00:00Z");
const usage = { input: 1_000_000, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, webSearches: 0 };
const request = (id: string, model: string, rank: number, cost: number): Fact => ({
  ...{ kind: "request", session: "s", id, at, model },
  usage: { ...usage, rank, cost },
});
const words = (tier: Tier, text = "x"): Fact => ({
  kind: "content",
  session: "s",
  of: "prompt",
  owner: `u${tier}`,
  tier,
  text,
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
  expect(store.settle({})).toEqual({ tier: 1, prices: {}, redact: [], timeZone: "" });
  const asked: Terms = {
    tier: 2,
    prices: { dream: { input: 5 } },
    redact: ["Falcon"],
    timeZone: "Asia/Tokyo",
  };
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
  store.db.exec("delete from stale");
  store.settle({ prices: { "claude-opus-5-5": { input: 2 }, dream: { input: 1, output: 5 } } });
  // What the cache could have saved is another amount as well.
  expect(store.db.all("select * from stale")).toHaveLength(1);
  expect([costs(), sum()]).toEqual([[2_000_000_000, 1_000_000_000, 7], 3_000_000_007]);
  store.settle({ prices: {} });
  expect([costs(), sum()]).toEqual([[4_000_000_000, null, 7], 4_000_000_007]);
});

test.each([
  ["UTC", [20261120, 20261121]],
  ["Asia/Tokyo", [20261121, 20261121]],
  ["America/New_York", [20261120, 20261120]],
])("in %s what is stored, and what comes, is of the days of there", async (timeZone, days) => {
  await using store = await opened();
  const [late, early] = [Date.parse("2026-11-20T23:30:00Z"), Date.parse("2026-11-21T00:30:00Z")];
  const model = "claude-opus-5-5";
  const told = (id: string, at: number): Fact[] => [
    { ...request(id, model, 0, 1_000_000_000), at } as Fact,
    { kind: "prompt", session: "s", id: `p${id}`, at, rank: 0 },
    { kind: "step", session: "s", id: `s${id}`, at, type: "tool", name: "Read" },
  ];
  // As it is when another zone was wanted before, and as it is from the start.
  store.settle({ timeZone: "Pacific/Kiritimati" });
  write(new Store(store.db), "/t.jsonl", [...told("a", late), ...told("b", early)]);
  store.db.exec("delete from stale");
  expect(store.settle({ timeZone }).timeZone).toBe(timeZone);
  write(new Store(store.db), "/u.jsonl", [...told("c", late), ...told("d", early)]);
  for (const table of ["request", "prompt", "step"])
    expect(store.db.all<{ day: number }>(`select day from ${table} order by id`).map(row => row.day)).toEqual(
      [...days, ...days],
    );
  const sums = store.db.all<{ day: number; cost: number; prompts: number; steps: number }>(
    "select day, sum(cost) as cost, sum(prompts) as prompts, sum(steps) as steps from sums group by 1 having sum(steps) > 0",
  );
  expect(sums).toEqual(
    [...new Set(days)].map(day => {
      const n = 2 * days.filter(other => other === day).length;
      return { day, cost: n * 1e9, prompts: n, steps: n };
    }),
  );
  expect(store.db.all("select * from stale")).toHaveLength(1);
  // Who asks for nothing else finds it as it was left.
  store.db.exec("delete from stale");
  expect(store.settle({}).timeZone).toBe(timeZone);
  expect(store.db.all("select * from stale")).toHaveLength(0);
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

test("what is a secret by a new pattern goes out of what was kept before, and out of what can be searched", async () => {
  await using store = await opened();
  store.settle({ tier: 3 });
  const path = "/projects/Falcon-7/a.ts";
  const told: Fact[] = [
    { kind: "session", session: "s", at, project: "/shop", branch: "for-Falcon-7" },
    {
      kind: "edit",
      session: "s",
      step: "t",
      at,
      from: "transcript",
      file: { hash: "h", path },
      change: "created",
      added: 1,
      removed: 0,
    },
  ];
  write(new Store(store.db, 3), "/t.jsonl", [...told, words(2, "Launch Falcon-7 today"), words(3, "eagles")]);
  store.settle({ redact: ["Falcon-\\d"] });
  const own = "[redacted: your pattern]";
  const kept = store.db.all<{ bytes: Uint8Array }>("select bytes from content order by id");
  expect(kept.map(({ bytes }) => unpack(bytes))).toEqual([`Launch ${own} today`, "eagles"]);
  expect(store.db.get("select path from file")).toEqual({ path: `/projects/${own}/a.ts` });
  expect(store.db.get("select branch from session")).toEqual({ branch: `for-${own}` });
  const found = (word: string) => store.db.all("select docid from search where words match ?", [word]).length;
  expect(["Falcon", "launch", "redacted", "eagles"].map(found)).toEqual([0, 1, 1, 1]);
  expect(existsSync(`${store.file}.to-compact`)).toBe(true);
});
