import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openDatabase } from "../../../extension/db/open.ts";
import { scratch } from "../../scratch.ts";
import { wasm } from "./open-memory.ts";

test("a damaged database is kept aside, told about, and built anew", async () => {
  await using folder = await scratch({
    "store.db": "this is no database at all, but long enough to look like one".repeat(99),
  });
  const notes: string[] = [];
  const db = await openDatabase(wasm, folder.path, (...note) => notes.push(note.join(": ")));
  db.run("create table t (a)");
  db.close();
  expect(notes).toEqual([expect.stringContaining("store.db.damaged")]);
  expect(readdirSync(folder.path).sort()).toEqual(["store.db", "store.db.damaged"]);
  expect(readFileSync(folder.at("store.db.damaged"), "utf8")).toContain("no database at all");
});

test("without a folder it lives in memory", async () => {
  const db = await openDatabase(wasm, undefined, what => expect.fail(what));
  expect(db.all("select 1 as one")).toEqual([{ one: 1 }]);
  db.close();
});
