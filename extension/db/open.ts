import { existsSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { syncFolderOf } from "../base/durable.ts";
import { errorCode, reason } from "../base/expected-error.ts";
import { count } from "../base/format.ts";
import { claim, logOf, movedLogOf } from "./claim.ts";
import type { Engine } from "./engine.ts";
import { openEngine } from "./file-engine.ts";
import { migrate, refuseNewer } from "./migrations.ts";
import { salvage } from "./salvage.ts";
import type { SQLite } from "./sqlite.ts";
import { StoreError, storeError } from "./trouble.ts";

export const STORE = "store.db";

/** Gets what the user should know. */
type Note = (what: string, why: string) => void;

/** A store, open; `unclean` when the last one who had it open did not close it. */
export interface Opened {
  db: Engine;
  unclean: boolean;
}

/** Opens the store of a data folder, up to date and sound; what is damaged is moved aside and built anew. */
export function openStore(sqlite: SQLite, dataDir: string, note: Note = () => {}): Opened {
  try {
    return open(sqlite, dataDir, note);
  } catch (error) {
    // What the disk says when it is not SQLite that asked.
    throw errorCode(error) ? new StoreError("unusable", reason(error)) : error;
  }
}

function open(sqlite: SQLite, dataDir: string, note: Note): Opened {
  probe(sqlite, dataDir);
  const file = join(dataDir, STORE);
  refuseNewer(file);
  // One that was being set aside when the power went.
  if (existsSync(logOf(damagedOf(file))) && !existsSync(damagedOf(file))) setAside(file);
  const logs = [logOf(file), movedLogOf(file)].map(log => statSync(log, { throwIfNoEntry: false }));
  const unclean = logs.some(log => log && log.size > 0);
  claim(file);
  let db: Engine;
  try {
    db = openUpToDate(sqlite, file, note);
  } catch (error) {
    if (!(error instanceof StoreError) || error.trouble !== "damaged") throw error;
    setAside(file);
    db = openUpToDate(sqlite, file, note);
  }
  if (existsSync(damagedOf(file))) takeOver(sqlite, file, db, note);
  return { db, unclean };
}

function openUpToDate(sqlite: SQLite, file: string, note: Note): Engine {
  const db = openEngine(sqlite, file, () =>
    note("The store was deleted while in use", "It was written again; nothing is lost."),
  );
  try {
    migrate(db);
    return db;
  } catch (error) {
    db.abandon();
    throw error;
  }
}

const damagedOf = (file: string) => `${file}.damaged`;

/** Moves a damaged store, with its log, out of the way; the next opening takes over what can be read of it. */
export function setAside(file: string): void {
  // The log first: beside a new store it would do harm.
  if (existsSync(logOf(file))) renameSync(logOf(file), logOf(damagedOf(file)));
  syncFolderOf(file);
  if (existsSync(file)) renameSync(file, damagedOf(file));
}

/** Saves what can be read of a damaged store, and keeps that for good under a name with its date. */
function takeOver(sqlite: SQLite, file: string, db: Engine, note: Note): void {
  const damaged = damagedOf(file);
  const saved = salvage(sqlite, damaged, db);
  const kept = `${damaged}-${new Date().toISOString().replace(/[:.]/g, "-")}`;
  if (existsSync(logOf(damaged))) renameSync(logOf(damaged), logOf(kept));
  syncFolderOf(file);
  renameSync(damaged, kept);
  const rest = saved > 0 ? `${count(saved, "row")} could be saved, the rest is read` : "All is read";
  note(
    "The store was damaged",
    `${rest} anew from your transcripts. The damaged file is kept as ${basename(kept)}.`,
  );
}

/** Whether a store can be written in a folder just now. */
export function isUsable(sqlite: SQLite, dataDir: string): boolean {
  try {
    probe(sqlite, dataDir);
    return true;
  } catch {
    return false;
  }
}

/** Writes a little database and reads it back, before any of the user's data is at stake. */
function probe(sqlite: SQLite, dataDir: string): void {
  const file = join(dataDir, `probe-${process.pid}.db`);
  sqlite.disk.lastError = undefined;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const written = sqlite.open(file);
    written.run(
      "pragma journal_mode = off; pragma synchronous = off; create table probe as select 42 as answer",
    );
    written.close();
    const read = sqlite.open(file);
    const answer = read.exec("select answer from probe")[0]?.values[0]?.[0];
    read.close();
    if (answer !== 42 || statSync(file).size === 0)
      throw new StoreError("unusable", "What is written to the data folder does not come back.");
  } catch (error) {
    sqlite.disk.letGo(file);
    const translated = storeError(error, sqlite.disk.lastError);
    throw translated instanceof StoreError ? translated : new StoreError("unusable", reason(error));
  } finally {
    rmSync(file, { force: true });
  }
}
