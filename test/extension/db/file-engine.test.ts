import fs, { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { claim } from "../../../extension/db/claim.ts";
import type { Engine } from "../../../extension/db/engine.ts";
import { openEngine } from "../../../extension/db/file-engine.ts";
import type { SQLite } from "../../../extension/db/sqlite.ts";
import { scratch } from "../../scratch.ts";
import { sharedSQLite } from "./open-scratch.ts";
import { withFs } from "./patched-fs.ts";

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
  expect(readdirSync(folder.path).sort()).toEqual(["store.db", "store.db-shm", "store.db-wal"]);
});

test("it may grow larger while very much is written at once, and not for ever; a little more then empties it", () => {
  const much = (times: number) => {
    for (let i = 0; i < times; i++) db.transaction(() => Array.from({ length: 2000 }, (_, n) => add(n)));
  };
  much(8);
  expect(statSync(`${file}-wal`).size).toBeGreaterThan(15e6);
  much(24);
  expect(statSync(`${file}-wal`).size).toBeLessThan(55e6);
  const before = statSync(file).size;
  add(1);
  expect(statSync(file).size).toBeGreaterThan(before);
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
  claim(file);
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
  claim(file);
  expect(() => db.checkpoint()).toThrow("taken over");
  expect(() => db.compact()).toThrow("taken over");
});

test("a former owner that goes on in the middle of a checkpoint does no harm, even while it is copied", () => {
  for (let n = 0; n < 50; n++) add(n);
  const { ino } = statSync(`${file}-wal`);
  writeFileSync(`${file}.checkpoint-${ino}`, "");
  const { copyFileSync } = fs;
  const copied: string[] = [];
  // It wakes up at the first copy: moves its log into the database, and writes what nobody will be told of.
  const waking: typeof copyFileSync = (from, to, mode) => {
    copyFileSync(from, to, mode);
    copied.push(basename(String(from)));
    if (copied.length === 1)
      db.exec("pragma wal_checkpoint(truncate); insert into t values (99, 'not told')");
  };
  withFs({ copyFileSync: waking }, () => claim(file));
  expect(copied).toEqual(["store.db", "store.db-wal.moved", "store.db", "store.db-wal.moved"]);
  expect(() => add(100)).toThrow("taken over");
  db.close();
  db = openEngine(sqlite, file);
  db.assertSound();
  expect(rows().filter(a => a < 99)).toEqual(Array.from({ length: 50 }, (_, n) => n));
  expect(readdirSync(folder.path).sort()).toEqual(["store.db", "store.db-shm", "store.db-wal"]);
});

test("a former owner that finds the pages of its successor odd does not move its store away", () => {
  add(1);
  claim(file);
  const troubles: string[] = [];
  db.onTrouble = error => troubles.push(error.trouble);
  expect(() => db.assertSound()).toThrow("taken over");
  expect(troubles).toEqual(["taken"]);
});

test("a backup that fails leaves the former one", async () => {
  const backup = await folder.write("backup.db", "the former backup");
  const fsyncSync = () => {
    throw new Error("the disk is gone");
  };
  withFs({ fsyncSync }, () => expect(() => db.copyTo(backup)).toThrow("the disk is gone"));
  expect(readFileSync(backup, "utf8")).toBe("the former backup");
  expect(readdirSync(folder.path)).not.toContain("backup.db.copy");
});

test("where another tool shares the index of the log, it finds a folder while the store is open", () => {
  expect(statSync(`${file}-shm`).isDirectory()).toBe(true);
  db.close();
  expect(readdirSync(folder.path).sort()).toEqual(["store.db", "store.db-wal"]);
  writeFileSync(`${file}-shm`, "what another tool left");
  db = openEngine(sqlite, file);
  expect(statSync(`${file}-shm`).isDirectory()).toBe(true);
});

test("a claim that was cut short is finished by the next", () => {
  add(1);
  renameSync(`${file}-wal`, `${file}-wal.moved`);
  claim(file);
  const next = openEngine(sqlite, file);
  expect(rows(next)).toEqual([1]);
  next.close();
});

test("what lies elsewhere as well is committed without waiting for the disk; a checkpoint makes it safe", () => {
  const { fdatasyncSync } = fs;
  let syncs = 0;
  const count = (work: () => void) => {
    syncs = 0;
    const counted = (fd: number) => {
      syncs++;
      fdatasyncSync(fd);
    };
    withFs({ fdatasyncSync: counted as typeof fdatasyncSync }, work);
    return syncs;
  };
  expect(count(() => db.transactionSoon(() => add(1)))).toBe(0);
  expect(count(() => add(2))).toBeGreaterThan(0);
  expect(count(() => db.transaction(() => db.transactionSoon(() => add(3))))).toBeGreaterThan(0);
  expect(count(() => db.transactionSoon(() => add(4)))).toBe(0);
  expect(count(() => db.checkpoint())).toBeGreaterThan(0);
  expect(rows()).toEqual([1, 2, 3, 4]);
  expect(() =>
    db.transactionSoon(() => {
      add(5);
      throw new Error("no");
    }),
  ).toThrow("no");
  expect(rows()).toEqual([1, 2, 3, 4]);
  expect(count(() => add(6))).toBeGreaterThan(0);
});
