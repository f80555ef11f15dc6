import { expect, test } from "vitest";
import type { Engine } from "../../../extension/db/engine.ts";
import { openScratch } from "./open-scratch.ts";

const INSERT = "insert into deleted_session (id) values (?)";
const all = (db: Engine) => db.all<{ id: unknown }>("select id from deleted_session").map(row => row.id);

/** What SQLite makes of a value that a writer gave it. */
async function written(value: string | number | Uint8Array | null) {
  await using store = await openScratch();
  store.db.exec("create table any (value)");
  store.db.runAll("insert into any values (?)", [[value]]);
  const row = store.db.get<{ value: unknown; type: string }>("select value, typeof(value) as type from any");
  return [row?.type, row?.value];
}

test.each([
  ["nothing", null, "null"],
  ["a small number", -5, "integer"],
  ["a time", 1_790_000_000_000, "integer"],
  ["a number of 32 bits", 2 ** 31 - 1, "integer"],
  ["the largest that is exact", 2 ** 53 - 1, "integer"],
  ["a fraction", 0.25, "real"],
  ["words", "toolu_1", "text"],
  ["no words", "", "text"],
  ["words of other letters", "é€😀 and plain", "text"],
  ["more words than are put down by hand", `${"x".repeat(101)}é`, "text"],
  ["words with a zero", "a\0b", "text"],
  ["words that need more room than there is", "é".repeat(100_000), "text"],
  ["bytes", new Uint8Array([0, 255, 7]), "blob"],
  ["many bytes", new Uint8Array(200_000).fill(7), "blob"],
])("%s come out as they were put in", async (_, value, type) => {
  // An ordinary table column takes a number as what it is; integers may be kept as reals that say the same.
  const [found, back] = await written(value);
  expect(back).toEqual(value);
  if (typeof value !== "number") expect(found).toBe(type);
});

test("numbers are whole in columns that want whole ones, whatever their size", async () => {
  await using store = await openScratch();
  store.db.exec("create table whole (n integer)");
  store.db.runAll("insert into whole values (?)", [[1], [1_790_000_000_000], [2 ** 44]]);
  expect(store.db.all("select typeof(n) as type from whole group by 1")).toEqual([{ type: "integer" }]);
});

test("a value that a row leaves out is not that of the row before", async () => {
  await using store = await openScratch();
  store.db.exec("create table two (a, b)");
  store.db.runAll("insert into two values (?, ?)", [
    ["x", "y"],
    ["z", null],
  ]);
  expect(store.db.all("select * from two")).toEqual([
    { a: "x", b: "y" },
    { a: "z", b: null },
  ]);
});

test("rows are written all or none, and the writer goes on after an error", async () => {
  await using store = await openScratch();
  expect(() => store.db.runAll(INSERT, [["a"], ["b"], ["a"]])).toThrow(/unique/i);
  expect(all(store.db)).toEqual([]);
  store.db.runAll(INSERT, [["c"], ["d"]]);
  expect(all(store.db)).toEqual(["c", "d"]);
});

test("a statement that is wrong is an error", async () => {
  await using store = await openScratch();
  expect(() => store.db.runAll("insert into nowhere values (?)", [["a"]])).toThrow("nowhere");
});

test("it goes on when the tables change, and after the store was written anew", async () => {
  await using store = await openScratch();
  store.db.runAll(INSERT, [["a"]]);
  store.db.exec("create table another (x)");
  store.db.runAll(INSERT, [["b"]]);
  store.db.compact();
  store.db.runAll(INSERT, [["c"]]);
  expect(all(store.db)).toEqual(["a", "b", "c"]);
});
