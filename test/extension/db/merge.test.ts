import { expect, test } from "vitest";
import type { Fact } from "../../../extension/clean/facts.ts";
import { Batch } from "../../../extension/db/merge.ts";
import { RULES } from "../../../extension/db/rules.ts";
import { Store } from "../../../extension/db/store.ts";
import { chance } from "../chance.ts";
import { openScratch } from "./open-scratch.ts";
import { randomFacts } from "./random-facts.ts";
import { dump, write } from "./store-helpers.ts";

const seeds = Array.from({ length: 30 }, (_, i) => i + 1);

test.each(seeds)("merged here or by SQLite, in any order, facts give the same rows (%i)", async seed => {
  const facts = randomFacts(300, seed);
  await using together = await openScratch();
  write(new Store(together.db), "/a.jsonl", facts);
  await using alone = await openScratch();
  const store = new Store(alone.db);
  alone.db.transaction(() => {
    for (const fact of chance(seed).shuffled(facts)) write(store, "/a.jsonl", [fact]);
  });
  expect(dump(together.db)).toEqual(dump(alone.db));
});

test("the facts above are about every table", () => {
  const tables = new Set(Batch.of(randomFacts(1000, 1)).tables.map(([table]) => table));
  expect([...tables, "file"].sort()).toEqual(Object.keys(RULES).sort());
});

test("what is about the same thing is one row, and each thing counts once", () => {
  const step = (id: string, more: object): Fact => ({
    kind: "step",
    type: "tool",
    session: "s",
    id,
    ...more,
  });
  const { tables, size } = Batch.of([
    step("t1", { at: 5, name: "Bash" }),
    step("t2", {}),
    step("t1", { at: 3, agent: "a1" }),
    { kind: "result", session: "s", step: "t1", from: "transcript", status: "ok" },
  ]);
  expect([tables.length, tables[0]?.[1].length, size]).toEqual([1, 2, 2]);
});

test("a file's path comes with its edit, where it is told", () => {
  const edit = {
    kind: "edit",
    session: "s",
    step: "t",
    from: "transcript",
    change: "changed",
    added: 1,
    removed: 0,
  } as const;
  const tablesOf = (file: { hash: string; path?: string }) => Batch.of([{ ...edit, file }]).tables;
  expect(tablesOf({ hash: "h" }).map(([table]) => table)).toEqual(["edit"]);
  expect(tablesOf({ hash: "h", path: "/p" })[1]).toEqual(["file", [["h", "/p"]]]);
});

test("the sessions of rows are those that any of them is about, also of words alone", () => {
  const { sessions } = Batch.of([
    { kind: "session", session: "a" },
    { kind: "copy", session: "b", request: "m" },
    { kind: "agent", session: "c", id: "a1" },
    { kind: "content", session: "d", of: "prompt", owner: "u", tier: 2, text: "Fix it." },
  ]);
  expect([...sessions].sort()).toEqual(["a", "b", "c", "d"]);
});
