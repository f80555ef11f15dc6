import type { Database, SqlValue } from "sql.js";
import type { Engine } from "./engine.ts";
import type { SQLite } from "./sqlite.ts";

// In the order in which they depend on each other; sums are kept by triggers, and the index by what is inserted.
const TABLES =
  `setting source session deleted_session session_source unknown file prompt request step failure edit agent
  copy git_commit pull_request retry content alert_rule alert alert_delivery`.split(/\s+/);

/**
 * Copies what can still be read of a damaged store into a new one; answers how many rows. The transcripts have most
 * of it too and are read anew, but not those that Claude Code has cleared away, nor what only hooks told.
 */
export function salvage(sqlite: SQLite, damaged: string, into: Engine): number {
  const from = sqlite.open(damaged);
  try {
    from.run("pragma locking_mode = exclusive; pragma query_only = on; pragma temp_store = memory");
    let saved = 0;
    for (const table of TABLES) saved += copy(from, table, into);
    // What was lost of a transcript is not known, so that all are read again.
    into.run("update source set cursor = 0, memory = null");
    into.exec("insert into search (search) values ('rebuild')");
    return saved;
  } finally {
    sqlite.disk.letGo(damaged);
  }
}

/** Reads a table from both ends towards the damage. */
function copy(from: Database, table: string, into: Engine): number {
  const columns = into.all<{ name: string }>(`pragma table_info(${table})`).map(column => column.name);
  const known = new Set([...readAll(from, `pragma table_info(${table})`)].map(row => row[1]));
  const shared = columns.filter(column => known.has(column)).join(", ");
  if (shared === "") return 0;
  const insert = `insert or ignore into ${table} (${shared}) values (${shared.replace(/\w+/g, "?")})`;
  const count = () => into.get<{ n: number }>(`select count(*) as n from ${table}`)?.n ?? 0;
  const before = count();
  into.transaction(() => {
    for (const order of ["", orderFromEnd(from, table)])
      for (const row of readAll(from, `select ${shared} from ${table}${order}`)) into.run(insert, row);
  });
  return count() - before;
}

/** All rows up to the first that can't be read. */
function* readAll(from: Database, sql: string): Generator<SqlValue[]> {
  try {
    const statement = from.prepare(sql);
    try {
      while (statement.step()) yield statement.get();
    } finally {
      statement.free();
    }
  } catch {}
}

function orderFromEnd(from: Database, table: string): string {
  // Most tables are read in the order in which they were written, from the end too.
  for (const _ of readAll(from, `select rowid from ${table} limit 1`)) return " order by rowid desc";
  const keys = [...readAll(from, `pragma table_info(${table})`)]
    .filter(row => Number(row[5]) > 0)
    .sort((a, b) => Number(a[5]) - Number(b[5]))
    .map(row => `${row[1]} desc`);
  return keys.length > 0 ? ` order by ${keys.join(", ")}` : "";
}
