import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { openStore } from "../../../extension/db/open.ts";
import { loadSQLite, type SQLite } from "../../../extension/db/sqlite.ts";
import { scratch } from "../../scratch.ts";

/** sql.js's own WebAssembly file. */
export const wasm = readFileSync(createRequire(import.meta.url).resolve("sql.js/dist/sql-wasm.wasm"));

/** One SQLite for the tests of a file: each is a WebAssembly program of its own. */
let sqlite: Promise<SQLite> | undefined;

export function sharedSQLite(): Promise<SQLite> {
  sqlite ??= loadSQLite(wasm);
  return sqlite;
}

/** A throw-away folder with an open store in it; `await using` closes the one and removes the other. */
export async function openScratch() {
  const sqlite = await sharedSQLite();
  const folder = await scratch();
  const opened = openStore(sqlite, folder.path);
  return {
    ...folder,
    sqlite,
    db: opened.db,
    file: join(folder.path, "store.db"),
    open: (note?: (what: string, why: string) => void) => openStore(sqlite, folder.path, note),
    [Symbol.asyncDispose]: async () => {
      opened.db.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}
