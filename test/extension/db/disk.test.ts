import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { afterEach, expect, test } from "vitest";
import { openScratch } from "./open-scratch.ts";

const { writeSync, readSync, fdatasyncSync } = fs;

afterEach(heal);

/** Lets a call of node:fs fail from now on, as a disk would. */
function fail(name: "writeSync" | "readSync" | "fdatasyncSync", code: string): void {
  Object.assign(fs, {
    [name]: () => {
      throw Object.assign(new Error(`${code}: as on a bad day`), { code });
    },
  });
  syncBuiltinESMExports();
}

function heal(): void {
  Object.assign(fs, { writeSync, readSync, fdatasyncSync });
  syncBuiltinESMExports();
}

const write = "insert into deleted_session values (?)";
const stored = "select id from deleted_session";

test.each([
  ["a full disk", "writeSync", "ENOSPC", "The disk is full. ENOSPC: as on a bad day"],
  ["a used up quota", "writeSync", "EDQUOT", "The disk is full. EDQUOT: as on a bad day"],
  [
    "a disk that fails to write",
    "writeSync",
    "EIO",
    "The store can't be read or written. EIO: as on a bad day",
  ],
  [
    "one that fails to sync",
    "fdatasyncSync",
    "EIO",
    "The store can't be read or written. EIO: as on a bad day",
  ],
] as const)("%s is told, stores nothing, and does no harm", async (_, call, code, message) => {
  await using store = await openScratch();
  store.db.run(write, ["before"]);
  fail(call, code);
  expect(() => store.db.run(write, ["meanwhile"])).toThrow(message);
  expect(() => store.db.run(write, ["meanwhile"])).toThrow(message);
  heal();
  store.db.run(write, ["after"]);
  store.db.assertSound();
  expect(store.db.all(stored)).toEqual([{ id: "after" }, { id: "before" }]);
  store.db.close();
  const { db } = store.open();
  expect(db.all(stored)).toEqual([{ id: "after" }, { id: "before" }]);
  db.close();
});

test("what can't be read is told", async () => {
  await using store = await openScratch();
  for (let i = 0; i < 300; i++) store.db.run(write, [`${i}`.padEnd(900)]);
  store.db.close();
  const { db } = store.open();
  fail("readSync", "EIO");
  expect(() => db.all(stored)).toThrow("EIO: as on a bad day");
  heal();
  expect(db.all(stored)).toHaveLength(300);
  db.close();
});
