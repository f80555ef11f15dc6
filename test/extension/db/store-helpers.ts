import type { Fact } from "../../../extension/clean/facts.ts";
import type { Engine } from "../../../extension/db/engine.ts";
import { Batch } from "../../../extension/db/merge.ts";
import type { Counted, Progress, Store } from "../../../extension/db/store.ts";

/** Writes facts as those of a file; how far it was read is said only where it matters. */
export function write(
  store: Store,
  path: string,
  facts: Fact[],
  { skipped = 0, unknown = [], ...progress }: Partial<Progress & Counted> = {},
): void {
  const read = { cursor: 1, size: 1, modified: 1, head: "", memory: "{}", ...progress };
  store.write(path, Batch.of(facts), read, { skipped, unknown });
}

const TABLES = [
  ...["session", "prompt", "step", "failure", "file", "edit", "request", "agent", "copy", "git_commit"],
  ...["pull_request", "session_source", "total", "daily", "sums", "edited"],
];

type Row = Record<string, unknown>;

/** Everything stored, as text: with ids for the numbers that stand for them, which depend on who came first. */
export function dump(db: Engine): Record<string, string[]> {
  const ids = new Map(db.all<Row>("select key, id from session").map(row => [row.key, row.id]));
  const hashes = new Map(db.all<Row>("select id, hash from file").map(row => [row.id, row.hash]));
  const named = (table: string, row: Row) => ({
    ...row,
    ...("session" in row && { session: ids.get(row.session) }),
    ...(table !== "file" && "file" in row && { file: hashes.get(row.file) }),
    ...(table === "session" && { key: 0 }),
    ...(table === "file" && { id: 0 }),
  });
  const rows = (table: string) =>
    db
      .all<Row>(`select * from ${table}`)
      .filter(row => !isNothing(table, row))
      .map(row => JSON.stringify(named(table, row), (_, value) => value ?? undefined))
      .sort();
  return Object.fromEntries(TABLES.map(table => [table, rows(table)]));
}

/** How many columns of the tables of sums say what they are sums of. */
const KEYS: Record<string, number> = { total: 1, daily: 4, sums: 4, edited: 2 };

/** What was counted first and then found to belong elsewhere leaves a row of zeros. */
function isNothing(table: string, row: Row): boolean {
  const keys = KEYS[table];
  return keys !== undefined && Object.values(row).every((value, i) => i < keys || value === 0);
}
