import type { SqlValue, Statement } from "sql.js";

type Row = Record<string, SqlValue | undefined>;

/** All rows that a statement answers, once it is bound. */
export function rowsOf<T>(statement: Statement): T[] {
  // Asked for once: sql.js itself would ask for each row, which takes longer than all the rest.
  const names = statement.getColumnNames();
  const blank: Row = Object.fromEntries(names.map(name => [name, null]));
  const rows: T[] = [];
  while (statement.step()) rows.push(rowOf(blank, names, statement.get()) as T);
  return rows;
}

/** A copy of a row has room for all its columns from the start; one that grows is moved again and again. */
function rowOf(blank: Row, names: string[], values: SqlValue[]): Row {
  const row = { ...blank };
  for (let i = 0; i < names.length; i++) row[names[i] ?? ""] = values[i];
  return row;
}
