import { join } from "node:path";
import type { SqlValue } from "sql.js";

/** A condition on rows and its parameters. */
export type Condition = [sql: string, ...params: (SqlValue | undefined)[]];

/** All conditions together; one with a parameter that nobody gave is left out. */
export function where(...conditions: Condition[]): { sql: string; params: SqlValue[] } {
  const said = conditions.filter(([, ...params]) => !params.includes(undefined));
  return {
    sql: said.map(([sql]) => sql).join(" and "),
    params: said.flatMap(([, ...params]) => params.map(param => param ?? null)),
  };
}

/**
 * That a session's transcript, joined as `f`, lies in one of the folders that are read: others may be stored from
 * a time when more was.
 */
export function hereIn(folders: string[]): Condition {
  const below = folders.map(() => "substr(f.path, 1, length(?)) = ?");
  const params = folders.map(folder => join(folder, "/"));
  return [`(${["f.path is null", ...below].join(" or ")})`, ...params.flatMap(path => [path, path])];
}

/** That a session, as `s`, was in a folder or below it. */
export function inFolder(folder: string | undefined): Condition {
  return [
    "(s.project = ? or substr(s.project, 1, length(?) + 1) in (? || '/', ? || '\\'))",
    ...[folder, folder, folder, folder],
  ];
}
