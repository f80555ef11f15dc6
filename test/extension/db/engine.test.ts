import { readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { expect, test } from "vitest";
import { openEngine } from "../../../extension/db/engine.ts";
import { scratch } from "../../scratch.ts";
import { openMemory, wasm } from "./open-memory.ts";

test("rows come back as they went in", async () => {
  const db = await openMemory();
  db.run("create table t (a, b)");
  db.run("insert into t values (?, ?)", [1, "é"]);
  expect(db.all("select * from t where a = ?", [1])).toEqual([{ a: 1, b: "é" }]);
  db.close();
});

test("a transaction that fails leaves nothing", async () => {
  const db = await openMemory();
  db.run("create table t (a)");
  const work = () => {
    db.run("insert into t values (1)");
    throw new Error("halfway");
  };
  expect(() => db.transaction(work)).toThrow("halfway");
  expect(db.all("select * from t")).toEqual([]);
  db.close();
});

test("what was written is there after it is opened again, and still usable after a save", async () => {
  await using folder = await scratch();
  const open = () => openEngine(wasm, folder.at("store.db"), problem => expect(problem).toBeUndefined());
  const first = await open();
  first.run("create table t (a)");
  first.run("insert into t values (1)");
  first.close();
  const second = await open();
  second.run("insert into t values (2)");
  await expect.poll(() => readdirSync(folder.path), { timeout: 5000 }).toEqual(["store.db"]);
  second.run("insert into t values (3)");
  second.close();
  const third = await open();
  expect(third.all("select a from t")).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
  third.close();
});

test("a folder that went away is told, not thrown", async () => {
  const folder = await scratch();
  const problems: (string | undefined)[] = [];
  const db = await openEngine(wasm, folder.at("store.db"), problem => problems.push(problem));
  db.run("create table t (a)");
  await rm(folder.path, { recursive: true });
  db.close();
  expect(problems).toEqual([expect.stringContaining("ENOENT")]);
});
