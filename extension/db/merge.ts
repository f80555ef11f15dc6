import type { SqlValue } from "sql.js";
import type { Fact } from "../clean/facts.ts";
import { rowOf } from "./rows.ts";
import { type Rule, rulesOf, type Table } from "./rules.ts";

/** What a row says as far as it is known, in the order of its table's columns; sessions and files by their ids. */
export type Values = (SqlValue | undefined)[];

export type Content = Extract<Fact, { kind: "content" }>;

/** How the rows of a table are told apart and merged. */
interface Shape {
  columns: string[];
  keys: number[];
  rules: Rule[];
  /** For each column the place of the rank that decides it. */
  ranks: (number | undefined)[];
}

/** The ids of the sessions that some rows are about. */
export function sessionsIn({ tables, contents }: Rows): Set<string> {
  const ids = new Set(contents.map(content => content.session));
  for (const [table, rows] of tables) {
    const at = shapeOf(table).columns.indexOf(table === "session" ? "id" : "session");
    if (at >= 0) for (const values of rows) ids.add(String(values[at]));
  }
  return ids;
}

const shapes = new Map<Table, Shape>();

function shapeOf(table: Table): Shape {
  const known = shapes.get(table);
  if (known) return known;
  const rules = rulesOf(table);
  const columns = rules.map(([name]) => name);
  const shape = {
    columns,
    keys: rules.flatMap(([, rule], i) => (rule === "key" ? [i] : [])),
    rules: rules.map(([, rule]) => rule),
    ranks: rules.map(([, rule]) => (typeof rule === "object" ? columns.indexOf(rule.by) : undefined)),
  };
  shapes.set(table, shape);
  return shape;
}

/** Rows as they are handed on, also from one thread to another. */
export interface Rows {
  tables: [Table, Values[]][];
  contents: Content[];
  size: number;
}

/**
 * Rows to be written together, those that are about the same thing merged before they get to the database: a
 * transcript says most things several times. The same rules hold here as there.
 */
export class Batch {
  readonly #tables = new Map<Table, Map<string, Values>>();
  readonly #contents: Content[] = [];
  size = 0;

  /** The rows that facts are about. */
  static of(facts: Fact[]): Rows {
    const batch = new Batch();
    batch.take(facts);
    return batch.rows;
  }

  get rows(): Rows {
    const tables = [...this.#tables].map(([table, rows]): [Table, Values[]] => [table, [...rows.values()]]);
    return { tables, contents: this.#contents, size: this.size };
  }

  take(facts: Fact[]): void {
    for (const fact of facts) {
      if (fact.kind === "content") this.#contents.push(fact);
      else {
        const { table, values } = rowOf(fact);
        this.#add(table, values);
      }
      if (fact.kind === "edit" && fact.file.path !== undefined)
        this.#add("file", { hash: fact.file.hash, path: fact.file.path });
    }
  }

  #add(table: Table, values: Record<string, SqlValue | undefined>): void {
    const shape = shapeOf(table);
    const given = shape.columns.map(name => values[name]);
    const key = shape.keys.map(i => given[i]).join("\0");
    const rows = this.#tables.get(table) ?? new Map<string, Values>();
    this.#tables.set(table, rows);
    const old = rows.get(key);
    if (old) merge(shape, old, given);
    else {
      rows.set(key, given);
      this.size++;
    }
  }
}

/** Merges what is `given` into `old`. */
function merge({ rules, ranks }: Shape, old: Values, given: Values): void {
  const before = old.slice();
  for (const [i, rule] of rules.entries()) {
    if (given[i] === undefined && typeof rule !== "object") continue;
    if (typeof rule !== "object") old[i] = merged(rule, before[i], given[i]);
    else {
      const [rank, givenRank] = [rankOf(before, ranks[i]), rankOf(given, ranks[i])];
      if (givenRank > rank) old[i] = given[i];
      else if (givenRank === rank) old[i] = merged(rule.tie ?? "latest", before[i], given[i]);
    }
  }
}

function rankOf(values: Values, at: number | undefined): number {
  const rank = at === undefined ? undefined : values[at];
  return typeof rank === "number" ? rank : Number.NEGATIVE_INFINITY;
}

type Plain = Exclude<Rule, object>;

function merged(rule: Plain, old: Values[number], given: Values[number]): Values[number] {
  if (old === undefined || old === null) return given;
  if (given === undefined || given === null || rule === "key" || rule === "known") return old;
  // An owner is still named by its id here, and the lesser one wins.
  return given > old === (rule === "latest") ? given : old;
}
