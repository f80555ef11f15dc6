import { readdirSync, readFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { expect, test } from "vitest";
import { openDatabase } from "../../../extension/db/open.ts";
import { scratch } from "../../scratch.ts";
import { wasm } from "./open-memory.ts";

test("a damaged database is kept aside, told about, and built anew", async () => {
  await using folder = await scratch({
    "store.db": "this is no database at all, but long enough to look like one".repeat(99),
  });
  const notes: string[] = [];
  const db = await openDatabase(wasm, folder.path, (what, why) => why && notes.push(`${what}: ${why}`));
  db.run("create table t (a)");
  db.close();
  expect(notes).toEqual([expect.stringContaining("store.db.damaged")]);
  expect(readdirSync(folder.path).sort()).toEqual(["store.db", "store.db.damaged"]);
  expect(readFileSync(folder.at("store.db.damaged"), "utf8")).toContain("no database at all");
});

test("damage in the middle of the file is found as well", async () => {
  await using folder = await scratch();
  const first = await openDatabase(wasm, folder.path, () => {});
  first.run("create table t (a)");
  for (let i = 0; i < 2000; i++) first.run("insert into t values (?)", [`row ${i} ${"x".repeat(90)}`]);
  first.close();
  const file = await open(folder.at("store.db"), "r+");
  await file.write(Buffer.alloc(80_000, 0xaa), 0, 80_000, 40_000);
  await file.close();
  const notes: string[] = [];
  const second = await openDatabase(wasm, folder.path, (what, why) => why && notes.push(what));
  second.close();
  expect(notes).toEqual(["The database was damaged"]);
});

test("without a folder it lives in memory", async () => {
  const db = await openDatabase(wasm, undefined, (_, why) => expect(why).toBeUndefined());
  expect(db.all("select 1 as one")).toEqual([{ one: 1 }]);
  db.close();
});
