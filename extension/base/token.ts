import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The secret of a data folder, made on first use: whoever can read it may ask the owner. */
export function tokenOf(dataDir: string): string {
  return secretOf(dataDir, "token");
}

/** The key by which a store's files are named; it is not in the store, so that a copy of that tells no paths. */
export function pathKeyOf(dataDir: string): string {
  return secretOf(dataDir, "path-key");
}

function secretOf(dataDir: string, name: string): string {
  const file = join(dataDir, name);
  return read(file) ?? create(dataDir, file);
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").trim() || undefined;
  } catch {
    return undefined;
  }
}

/** Written beside and linked into place, so that two windows that start at once agree on one whole secret. */
function create(dataDir: string, file: string): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  writeFileSync(draft, `${randomBytes(24).toString("base64url")}\n`, { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch {
    // Another window was quicker and its secret is as good, unless the disk lost what was in it.
    if (!read(file)) renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(file, "utf8").trim();
}
