import { closeSync, openSync, readSync } from "node:fs";
import { errorCode } from "../base/expected-error.ts";
import type { Engine } from "./engine.ts";
import { lists } from "./migrations/0001-lists.ts";
import { rows } from "./migrations/0002-rows.ts";
import { sources } from "./migrations/0003-sources.ts";
import { process } from "./migrations/0004-process.ts";
import { errors } from "./migrations/0005-errors.ts";
import { alerts } from "./migrations/0006-alerts.ts";
import { shares } from "./migrations/0007-shares.ts";
import { ledger } from "./migrations/0008-ledger.ts";
import { StoreError } from "./trouble.ts";

/** How the tables came to be, in order. Once released, one is never changed: what comes later goes at the end. */
export const MIGRATIONS = [lists, rows, sources, process, errors, alerts, shares, ledger];

/** Brings the tables up to date, each step whole or not at all. */
export function migrate(db: Engine, to = MIGRATIONS.length): void {
  const version = db.get<{ user_version: number }>("pragma user_version")?.user_version ?? 0;
  if (version > MIGRATIONS.length) throw newer(version);
  if (version >= to) return;
  for (const [i, sql] of MIGRATIONS.slice(0, to).entries()) {
    if (i < version) continue;
    db.transaction(() => db.exec(`${sql}; pragma user_version = ${i + 1};`));
  }
  // The version is to stand in the file itself, where `refuseNewer` looks.
  db.checkpoint(true);
}

// Where SQLite keeps user_version, as its file format says.
const VERSION_AT = 60;

/** Throws when a newer version wrote the file; looks without opening it, which would already change it. */
export function refuseNewer(file: string): void {
  const version = Buffer.alloc(4);
  try {
    const fd = openSync(file, "r");
    try {
      if (readSync(fd, version, 0, 4, VERSION_AT) < 4) return;
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    if (errorCode(error) === "ENOENT") return;
    throw error;
  }
  const found = version.readUInt32BE();
  // Anything absurd is damage, which is another matter.
  if (found > MIGRATIONS.length && found < 10_000) throw newer(found);
}

function newer(version: number): StoreError {
  return new StoreError(
    "newer",
    `A newer version of Agent Trace wrote the store (format ${version}; this one knows ${MIGRATIONS.length}). ` +
      "It is left as it is. Update Agent Trace to see your sessions.",
  );
}
