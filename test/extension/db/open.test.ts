import fs, { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { expect, test } from "vitest";
import type { Fact } from "../../../extension/clean/facts.ts";
import type { Engine } from "../../../extension/db/engine.ts";
import { MIGRATIONS } from "../../../extension/db/migrations.ts";
import { openStore, setAside } from "../../../extension/db/open.ts";
import { Store } from "../../../extension/db/store.ts";
import { scratch } from "../../scratch.ts";
import { openScratch, sharedSQLite } from "./open-scratch.ts";
import { withFs } from "./patched-fs.ts";
import { write } from "./store-helpers.ts";

const notes: string[] = [];
const note = (what: string, why: string) => notes.push(`${what}: ${why}`);

const step = (session: string, id: string, at: number): Fact => ({
  ...{ kind: "step", type: "tool", session, id, at, name: "Bash" },
});

/** A store with enough in it that a hole in the middle hits something. */
async function filled() {
  const store = await openScratch();
  const writer = new Store(store.db);
  for (let i = 0; i < 3000; i++)
    write(writer, `/t/${i % 7}.jsonl`, [step(`s${i % 7}`, `toolu_${i}`, i)], { cursor: i });
  store.db.close();
  notes.length = 0;
  return store;
}

async function damage(file: string, at: number, bytes: number): Promise<void> {
  const handle = await open(file, "r+");
  await handle.write(Buffer.alloc(bytes, 0xaa), 0, bytes, at);
  await handle.close();
}

const steps = "select count(*) as n from step";

test("a new store has the latest tables, and its version where every SQLite tool finds it", async () => {
  await using store = await openScratch();
  expect(store.db.get("pragma user_version")).toEqual({ user_version: MIGRATIONS.length });
  expect(readFileSync(store.file).readUInt32BE(60)).toBe(MIGRATIONS.length);
  expect(readdirSync(store.path).sort()).toEqual(["store.db", "store.db-shm", "store.db-wal"]);
});

test("a clean end is known from an unclean one", async () => {
  await using store = await filled();
  const first = store.open();
  expect(first.unclean).toBe(false);
  first.db.run("delete from step");
  first.db.abandon();
  const second = store.open();
  expect(second.unclean).toBe(true);
  expect(second.db.get(steps)).toEqual({ n: 0 });
  second.db.close();
});

test("a file that is no database is kept aside and told about", async () => {
  await using folder = await scratch({
    "store.db": "this is no database at all, but long enough".repeat(99),
  });
  notes.length = 0;
  const { db } = openStore(await sharedSQLite(), folder.path, note);
  expect(db.get(steps)).toEqual({ n: 0 });
  db.close();
  expect(notes).toEqual([
    expect.stringMatching(/^The store was damaged: All is read anew from .*kept as store\.db\.damaged-2/),
  ]);
  const kept = readdirSync(folder.path).find(name => name.startsWith("store.db.damaged-"));
  expect(readFileSync(folder.at(kept ?? ""), "utf8")).toContain("no database at all");
});

test.each([
  ["its first page", 100, 3000, 0],
  ["pages in its middle", 300_000, 20_000, 1000],
])("damage to %s: what can still be read is saved, the rest read anew", async (_, at, bytes, atLeast) => {
  await using store = await filled();
  await damage(store.file, at, bytes);
  const found = findDamage(store);
  const saved = found.get<{ n: number }>(steps)?.n ?? 0;
  expect(saved).toBeGreaterThanOrEqual(atLeast);
  expect(saved).toBeLessThan(3000);
  expect(notes).toEqual([expect.stringContaining("The store was damaged")]);
  found.assertSound();
  expect(found.all("select path from source where cursor > 0")).toEqual([]);
  expect(found.get("select sum(steps) as n from daily")).toEqual({ n: saved || null });
  found.close();
});

/** Opens a damaged store as the recorder does: at once, or after the check that comes later. */
function findDamage({ open, file }: Awaited<ReturnType<typeof openScratch>>): Engine {
  const { db } = open(note);
  try {
    db.assertSound();
    return db;
  } catch {
    db.abandon();
    setAside(file);
    return open(note).db;
  }
}

test("a log that was cut off loses its end, not the store, and says so by how far files were read", async () => {
  await using store = await filled();
  const { db } = store.open();
  const writer = new Store(db);
  for (let i = 0; i < 50; i++) write(writer, "/t/new.jsonl", [step("new", `n${i}`, i)], { cursor: i });
  db.abandon();
  truncateSync(`${store.file}-wal`, Math.floor(statSync(`${store.file}-wal`).size / 2));
  const again = store.open();
  again.db.assertSound();
  const left = again.db.get<{ n: number }>("select count(*) as n from step where id like 'n%'")?.n ?? 0;
  expect(left).toBeGreaterThan(5);
  expect(new Store(again.db).progress("/t/new.jsonl")?.cursor).toBe(left - 1);
  again.db.close();
});

test("a store of a newer version is refused and left as it is, byte for byte", async () => {
  await using store = await filled();
  const bytes = readFileSync(store.file);
  bytes.writeUInt32BE(MIGRATIONS.length + 1, 60);
  writeFileSync(store.file, bytes);
  expect(() => store.open()).toThrow(/A newer version of Agent Trace wrote the store .* Update Agent Trace/);
  expect(readFileSync(store.file).equals(bytes)).toBe(true);
});

test("if there is no room to save what can be read, the damaged store is kept for the next try", async () => {
  await using store = await filled();
  await damage(store.file, 300_000, 20_000);
  setAside(store.file);
  const { writeSync } = fs;
  let writes = 0;
  const failing = ((...args: Parameters<typeof writeSync>) => {
    if (++writes > 150) throw Object.assign(new Error("no room"), { code: "ENOSPC" });
    return writeSync(...args);
  }) as typeof writeSync;
  withFs({ writeSync: failing }, () => expect(() => store.open(note)).toThrow("The disk is full"));
  const { db } = store.open(note);
  expect(db.get<{ n: number }>(steps)?.n).toBeGreaterThan(1000);
  db.close();
});

test("a folder that can't be made is refused with its reason", async () => {
  await using folder = await scratch({ data: "a file where the folder should be" });
  const sqlite = await sharedSQLite();
  expect(() => openStore(sqlite, folder.at("data"))).toThrow(/EEXIST|ENOTDIR/);
});

test("a folder that can't be written is refused with its reason", async () => {
  await using folder = await scratch();
  const sqlite = await sharedSQLite();
  const openSync = () => {
    throw Object.assign(new Error("EACCES: permission denied"), { code: "EACCES" }); // root may write anywhere
  };
  withFs({ openSync }, () =>
    expect(() => openStore(sqlite, folder.path)).toThrow("EACCES: permission denied"),
  );
  expect(readdirSync(folder.path)).toEqual([]);
});
