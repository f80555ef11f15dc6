import { createHash, randomBytes } from "node:crypto";
import {
  access,
  chmod,
  chown,
  constants,
  mkdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { syncFolderOf } from "../base/durable.ts";
import { ExpectedError, errorCode, reason } from "../base/expected-error.ts";
import type { Side, Wanted } from "./pieces.ts";
import { plan, unplan } from "./plan.ts";

/** What is about to be written; no text is no file. */
export interface Change {
  path: string;
  before: string | undefined;
  after: string | undefined;
  /** What the user should know of it. */
  notes: string[];
}

/** What Connect would write. */
export async function proposeConnect(path: string, wanted: Wanted): Promise<Change> {
  const before = await readSettings(path);
  const { text: after, notes } = guarded(path, () => plan(before, wanted));
  return { path, before, after, notes };
}

/** What Disconnect would write. */
export async function proposeDisconnect(path: string, side: Side): Promise<Change> {
  const before = await readSettings(path);
  return { path, before, after: guarded(path, () => unplan(before, side)), notes: [] };
}

/** The text of a settings file; undefined when there is none. */
export async function readSettings(path: string): Promise<string | undefined> {
  const bytes = await readFile(path).catch(error => {
    if (errorCode(error) === "ENOENT") return undefined;
    throw new ExpectedError(`${path} cannot be read: ${reason(error)}.`);
  });
  // What could not be written back as it was had better not be read.
  return guarded(
    path,
    () => bytes && new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes),
  );
}

function guarded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const why = error instanceof ExpectedError ? error.message : "It is not UTF-8 text.";
    throw new ExpectedError(`${path} is left as it is. ${why} Repair it by hand, then try again.`);
  }
}

/** Where the text of before the last change is kept. */
export function backupOf(path: string, dataDir: string): string {
  const name = createHash("sha256").update(resolve(path)).digest("hex").slice(0, 8);
  return join(dataDir, `settings-backup-${name}.json`);
}

/** Writes what was shown, whole or not at all, unless the file has changed since. */
export async function applyChange({ path, before, after }: Change, dataDir: string): Promise<void> {
  if (before === after) return;
  const target = await targetOf(path);
  if ((await readSettings(target)) !== before)
    throw new ExpectedError(`${path} has changed in the meantime, so nothing was written. Try again.`);
  if (before !== undefined) {
    await refuseReadOnly(target);
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await writeFile(backupOf(path, dataDir), before, { mode: 0o600 });
  }
  if (after === undefined) {
    await rm(target);
    await rmdir(dirname(target)).catch(() => {}); // when it was made for the file
  } else await replace(target, after);
  if ((await readSettings(target)) !== after)
    throw new ExpectedError(
      `${path} is not as it was written. What was in it lies in ${backupOf(path, dataDir)}.`,
    );
}

/** The file itself where the settings are a link, as with those who keep theirs in a repository. */
async function targetOf(path: string): Promise<string> {
  const end = await readlink(path).catch(() => undefined);
  return realpath(path).catch(() => (end === undefined ? path : resolve(dirname(path), end)));
}

/** A new file could take the place of one that must not be written to; that is not ours to decide. */
async function refuseReadOnly(path: string): Promise<void> {
  const { mode } = await stat(path);
  const writable = await access(path, constants.W_OK).then(
    () => (mode & 0o222) !== 0,
    () => false,
  );
  if (!writable) throw new ExpectedError(`${path} may not be written to. Make it writable, then try again.`);
}

async function replace(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const former = await stat(path).catch(() => undefined);
  const draft = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString("hex")}`);
  try {
    // A new one is for its user alone: it has the token in it.
    await writeFile(draft, text, { mode: 0o600, flag: "wx", flush: true });
    if (former) await chmod(draft, former.mode);
    if (former) await chown(draft, former.uid, former.gid).catch(() => {}); // only root can, and need
    await rename(draft, path);
    syncFolderOf(path);
  } catch (error) {
    await rm(draft, { force: true });
    throw new ExpectedError(`${path} could not be written: ${reason(error)}. It is as it was.`);
  }
}
