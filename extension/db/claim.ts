import { constants, copyFileSync, existsSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { syncFile, syncFolderOf } from "../base/durable.ts";

/**
 * Who owns a store is who has its write-ahead log: whoever opens the store puts a copy of the log in the log's
 * place. A former owner that was taken for dead and comes back, as after a suspended laptop, still writes to the
 * old log, which nobody reads; and it looks after every commit whether the log is still its own before it tells
 * anyone that something is stored. So two never write to the same files, though nothing is locked.
 *
 * A commit that was told of is in the old log before the copy is made: it was looked at before the log moved. What
 * a former owner may still do is to end what it was in the middle of. If that was a checkpoint it writes to the
 * database itself, which is then replaced by a copy too; and if it does so while we copy, we copy again.
 */
export function claim(database: string): void {
  const [log, moved] = [logOf(database), movedLogOf(database)];
  // If a claim was cut short, the log is still where it was moved to.
  if (existsSync(log)) renameSync(log, moved);
  else if (!existsSync(moved)) return;
  const marker = checkpointMarker(database, identity(moved));
  let before: string;
  do {
    before = stateOf(moved, database);
    if (existsSync(marker)) draftOf(database, database);
    draftOf(moved, log);
  } while (stateOf(moved, database) !== before);
  if (existsSync(marker)) renameSync(`${database}.copy`, database);
  renameSync(`${log}.copy`, log);
  syncFolderOf(log);
  for (const old of [moved, marker, `${database}.copy`]) rmSync(old, { force: true });
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

/** What tells a file from every other in its folder, whatever its name; undefined when there is none. */
export function identity(file: string): string | undefined {
  return statSync(file, { bigint: true, throwIfNoEntry: false })?.ino.toString();
}

/** A copy beside `to`, not in its place yet; on file systems that can, copying takes no time. */
function draftOf(from: string, to: string): void {
  copyFileSync(from, `${to}.copy`, constants.COPYFILE_FICLONE);
  syncFile(`${to}.copy`);
}

const LOG_HEADER = 32;

/** Differs as soon as anyone has written to the log or the database. */
function stateOf(log: string, database: string): string {
  const times = [log, database].map(file => statSync(file, { bigint: true, throwIfNoEntry: false }));
  const header = readFileSync(log).subarray(0, LOG_HEADER).toString("hex");
  return [header, ...times.flatMap(info => [info?.size, info?.mtimeNs])].join(" ");
}
