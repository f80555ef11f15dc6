import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { claim } from "../../../extension/db/claim.ts";
import { type Engine, openEngine } from "../../../extension/db/engine.ts";
import type { SQLite } from "../../../extension/db/sqlite.ts";
import { scratch } from "../../scratch.ts";
import { sharedSQLite } from "./open-scratch.ts";

let sqlite: SQLite;
let folder: Awaited<ReturnType<typeof scratch>>;
let file: string;
let db: Engine;
const rescued: string[] = [];

beforeEach(async () => {
  sqlite = await sharedSQLite();
  folder = await scratch();
  file = folder.at("store.db");
  db = openEngine(sqlite, file, () => rescued.push(file));
  db.exec("create table t (a, b)");
});

afterEach(async () => {
  db.close();
  rescued.length = 0;
  await folder[Symbol.asyncDispose]();
});

const rows = (of = db) => of.all<{ a: number }>("select a from t order by a").map(row => row.a);
const add = (a: number) => db.run("insert into t values (?, ?)", [a, "é".repeat(500)]);

test("rows come back as they went in, also from an ordinary SQLite file", () => {
  db.run("insert into t values (?, ?)", [1, "é"]);
  db.run("insert into t values (?, ?)", [2 ** 40, new Uint8Array([0, 255])]);
  expect(db.all("select * from t")).toEqual([
    { a: 1, b: "é" },
    { a: 2 ** 40, b: new Uint8Array([0, 255]) },
  ]);
  expect(db.get("select a from t where a = ?", [7])).toBeUndefined();
  db.checkpoint();
  expect(readFileSync(file, "latin1")).toMatch(/^SQLite format 3/);
});

test.each([
  ["locking_mode", "exclusive"],
  ["journal_mode", "wal"],
  ["synchronous", 2],
  ["temp_store", 2],
  ["cache_size", -16384],
])("%s is %s", (name, value) => expect(db.get(`pragma ${name}`)).toEqual({ [name]: value }));

test("a transaction that fails leaves nothing, and the next one works", () => {
  const work = () => {
    add(1);
    throw new Error("halfway");
  };
  expect(() => db.transaction(work)).toThrow("halfway");
  add(2);
  expect(rows()).toEqual([2]);
});

test("transactions in transactions are part of the outermost", () => {
  expect(() =>
    db.transaction(() => {
      db.transaction(() => add(1));
      throw new Error("after the inner one");
    }),
  ).toThrow();
  expect(rows()).toEqual([]);
});

test("what was written is there after it is opened again, with nothing left in the log", () => {
  add(1);
  db.close();
  expect(statSync(`${file}-wal`).size).toBe(0);
  db = openEngine(sqlite, file);
  expect(rows()).toEqual([1]);
});

test("the log is emptied before it grows large", () => {
  for (let i = 0; i < 40; i++) db.transaction(() => Array.from({ length: 400 }, (_, n) => add(n)));
  expect(statSync(`${file}-wal`).size).toBeLessThan(9e6);
  expect(statSync(file).size).toBeGreaterThan(15e6);
  expect(readdirSync(folder.path).sort()).toEqual(["store.db", "store.db-wal"]);
});

test("compacting gives back the room of what was deleted, and the bytes are gone", () => {
  db.transaction(() => Array.from({ length: 2000 }, (_, n) => add(n)));
  db.run("insert into t values (0, 'the-secret-word')");
  db.checkpoint();
  const before = statSync(file).size;
  db.run("delete from t");
  add(7);
  expect(readFileSync(file, "latin1")).toContain("the-secret-word");
  db.compact();
  expect(statSync(file).size).toBeLessThan(before / 10);
  expect(readFileSync(file, "latin1") + readFileSync(`${file}-wal`, "latin1")).not.toContain(
    "the-secret-word",
  );
  add(8);
  expect(rows()).toEqual([7, 8]);
});

test("a copy is whole, and a file of that name is replaced", async () => {
  const copy = await folder.write("copy of 'it'.db", "something else");
  add(1);
  db.copyTo(copy);
  add(2);
  const copied = openEngine(sqlite, copy);
  expect(rows(copied)).toEqual([1]);
  copied.close();
});

test.each([
  ["the database", () => rmSync(file)],
  ["its log", () => rmSync(`${file}-wal`)],
  ["the whole folder", () => rmSync(folder.path, { recursive: true })],
  [
    "the database, replaced by another",
    () => writeFileSync(`${file}.new`, "") ?? renameSync(`${file}.new`, file),
  ],
])("%s is deleted while in use: it is written again and nothing is lost", (_, remove) => {
  add(1);
  remove();
  add(2);
  expect(rescued).toEqual([file]);
  add(3);
  db.close();
  db = openEngine(sqlite, file);
  expect(rows()).toEqual([1, 2, 3]);
});

test("what was there in the place of a replaced database is kept", async () => {
  await folder.write("mine.db", "a backup that the user put there");
  renameSync(folder.at("mine.db"), file);
  add(1);
  const kept = readdirSync(folder.path).find(name => name.includes("replaced"));
  expect(readFileSync(folder.at(kept ?? ""), "utf8")).toBe("a backup that the user put there");
});

test("an owner that was taken for dead can't write any more, and what it stored before is kept", () => {
  add(1);
  claim(file, true);
  const troubles: string[] = [];
  db.onTrouble = error => troubles.push(error.trouble);
  expect(() => add(2)).toThrow("taken over");
  expect(troubles).toContain("taken");
  expect(() => db.assertOurs()).toThrow("taken over");
  db.close();
  db = openEngine(sqlite, file);
  add(3);
  db.assertSound();
  expect(rows()).toEqual([1, 3]);
});

test("it can't move its log into the database either", () => {
  add(1);
  claim(file, true);
  expect(() => db.checkpoint()).toThrow("taken over");
  expect(() => db.compact()).toThrow("taken over");
});

test("with a former owner in the middle of a checkpoint, the database is replaced by a copy too", () => {
  add(1);
  const before = statSync(file).ino;
  const log = statSync(`${file}-wal`, { bigint: true });
  writeFileSync(`${file}.checkpoint-${log.dev}-${log.ino}`, "");
  claim(file, true);
  expect(statSync(file).ino).not.toBe(before);
  expect(readdirSync(folder.path).sort()).toEqual(["store.db", "store.db-wal"]);
});

test("a claim that was cut short is finished by the next", () => {
  add(1);
  renameSync(`${file}-wal`, `${file}-wal.moved`);
  claim(file, false);
  const next = openEngine(sqlite, file);
  expect(rows(next)).toEqual([1]);
  next.close();
});
