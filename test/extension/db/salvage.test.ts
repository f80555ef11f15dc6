import { open } from "node:fs/promises";
import { expect, test } from "vitest";
import type { Fact } from "../../../extension/clean/facts.ts";
import { setAside } from "../../../extension/db/open.ts";
import { Store } from "../../../extension/db/store.ts";
import { openScratch } from "./open-scratch.ts";
import { dump, write } from "./store-helpers.ts";

const STEPS = 3000;
// Ids come in no order, as Claude Code's own.
const step = (i: number): Fact => ({
  ...{
    kind: "step",
    type: "tool",
    session: `s${i % 7}`,
    id: `toolu_${(i * 7919) % 10_007}`,
    at: i,
    name: "Bash",
  },
});

test("what lies before and behind the damage is saved, with its sums", async () => {
  await using folder = await openScratch();
  const steps = Array.from({ length: STEPS }, (_, i) => step(i));
  write(new Store(folder.db), "/t.jsonl", steps);
  folder.db.close();
  const damaged = await open(folder.file, "r+");
  // Some pages of steps, in the middle of them.
  await damaged.write(Buffer.alloc(20_000, 0xaa), 0, 20_000, 300_000);
  await damaged.close();
  setAside(folder.file);
  const { db } = folder.open();
  const saved = db.all<{ at: number }>("select at from step order by at").map(row => row.at);
  expect([saved[0], saved.at(-1)]).toEqual([0, STEPS - 1]);
  expect(saved.length).toBeGreaterThan(STEPS / 2);
  expect(saved.length).toBeLessThan(STEPS);
  expect(db.get("select sum(steps) as n from daily")).toEqual({ n: saved.length });
  db.close();
});

test("a store that is sound is saved whole, and says nothing of how far files were read", async () => {
  await using folder = await openScratch();
  const store = new Store(folder.db, 3);
  write(store, "/t.jsonl", [step(1), step(2)], { unknown: [["lines of type dream", 3]], skipped: 2 });
  store.take([{ kind: "content", session: "s1", of: "prompt", owner: "u", tier: 2, text: "Fix the total" }]);
  const before = dump(folder.db);
  folder.db.close();
  setAside(folder.file);
  const { db } = folder.open();
  expect(dump(db)).toEqual(before);
  expect(db.all("select docid from search where search match 'total'")).toHaveLength(1);
  const again = new Store(db, 3);
  expect([again.progress("/t.jsonl"), again.skipped(), again.unknown()]).toEqual([
    undefined,
    2,
    [{ what: "lines of type dream", times: 3 }],
  ]);
  db.close();
});
