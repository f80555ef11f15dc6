import { constants, copyFileSync, existsSync, renameSync, rmSync, statSync } from "node:fs";
import { syncFile, syncFolderOf } from "./disk.ts";

/**
 * Who owns a store is who has its write-ahead log: whoever opens the store puts a copy of the log in the log's
 * place. A former owner that was taken for dead and comes back, as after a suspended laptop, still writes to the
 * old log, which nobody reads; and it looks after every commit whether the log is still its own before it tells
 * anyone that something is stored. So two can never write, though nothing is locked.
 *
 * A commit that was told of is in the old log before the copy is made: it was looked at before the log moved.
 */
export function claim(database: string, formerMayWrite: boolean): void {
  const [log, moved] = [logOf(database), movedLogOf(database)];
  // If a claim was cut short, the log is still where it was moved to.
  if (existsSync(log)) renameSync(log, moved);
  else if (!existsSync(moved)) return;
  const marker = checkpointMarker(database, identity(moved));
  // In the middle of a checkpoint it may still write one page into the database itself.
  if (formerMayWrite && existsSync(marker)) replaceByCopy(database, database);
  replaceByCopy(moved, log);
  rmSync(moved);
  rmSync(marker, { force: true });
}

/** The write-ahead log of a database, which SQLite names like this. */
export function logOf(database: string): string {
  return `${database}-wal`;
}

/** Where a log is while it is claimed. */
export function movedLogOf(database: string): string {
  return `${logOf(database)}.moved`;
}

/** A file that exists while the owner of a log writes to the database itself. */
export function checkpointMarker(database: string, log: string | undefined): string {
  return `${database}.checkpoint-${log}`;
}

/** What tells a file from every other on the machine, whatever its name; undefined when there is none. */
export function identity(file: string): string | undefined {
  const info = statSync(file, { bigint: true, throwIfNoEntry: false });
  return info && `${info.dev}-${info.ino}`;
}

/** Puts a copy of `from` at `to`, whole or not at all; on file systems that can, copying takes no time. */
function replaceByCopy(from: string, to: string): void {
  const draft = `${to}.copy`;
  copyFileSync(from, draft, constants.COPYFILE_FICLONE);
  syncFile(draft);
  renameSync(draft, to);
  syncFolderOf(to);
}
