import { expect, test } from "vitest";
import type { Fact } from "../../../extension/clean/facts.ts";
import { inBulk } from "../../../extension/db/bulk.ts";
import type { Engine } from "../../../extension/db/engine.ts";
import { Store } from "../../../extension/db/store.ts";
import { openScratch } from "./open-scratch.ts";
import { randomFacts } from "./random-facts.ts";
import { dump, write } from "./store-helpers.ts";

const seeds = Array.from({ length: 30 }, (_, i) => i + 1);
const sums = (db: Engine) => {
  const { sums, edited, total, daily } = dump(db);
  return { sums, edited, total, daily };
};
const triggers = (db: Engine) =>
  db.all("select name, sql from sqlite_master where type = 'trigger' order by name");
/** More rows than are written one by one. */
const MANY = 1000;

test.each(seeds)("sums that are made anew are those that the triggers keep (%i)", async seed => {
  await using kept = await openScratch();
  await using anew = await openScratch();
  // Rows come, are updated, and move to other sessions, some of which nothing is said of any more.
  for (const [i, count] of [200, 40, 5, 40].entries()) {
    const facts = randomFacts(count, seed * 10 + i);
    write(new Store(kept.db), "/a.jsonl", facts);
    const store = new Store(anew.db);
    store.together(i === 0 ? 1 : MANY, () => write(store, "/a.jsonl", facts));
    expect(sums(anew.db)).toEqual(sums(kept.db));
  }
});

const step = (session: string, more: object = {}): Fact => ({
  ...{ kind: "step", type: "tool", session, id: "t1" },
  ...more,
});

test.each([
  ["that moves takes its amounts with it, though only its new session is told of", [step("b")], [step("a")]],
  [
    "that stays where it was counts as it is now, though it is told of in another session's name",
    [step("a")],
    [step("b", { agent: "a1" })],
  ],
])("a row %s", async (_, before, after) => {
  await using folder = await openScratch();
  const store = new Store(folder.db);
  write(store, "/b.jsonl", before);
  store.together(MANY, () => write(store, "/a.jsonl", after));
  await using fresh = await openScratch();
  write(new Store(fresh.db), "/a.jsonl", [...before, ...after]);
  expect(sums(folder.db)).toEqual(sums(fresh.db));
});

test("the triggers are the same afterwards, and also when the work fails", async () => {
  await using folder = await openScratch();
  const { db } = folder;
  const before = triggers(db);
  db.transaction(() => inBulk(db, () => {}));
  expect(triggers(db)).toEqual(before);
  const failing = () =>
    inBulk(db, () => {
      throw new Error("the disk is full");
    });
  expect(() => db.transaction(failing)).toThrow("the disk is full");
  expect(triggers(db)).toEqual(before);
});
