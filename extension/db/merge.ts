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
  /** The ids of the sessions that they are about. */
  sessions: string[];
  size: number;
}

/**
 * Rows to be written together, those that are about the same thing merged before they get to the database: a
 * transcript says most things several times. The same rules hold here as there.
 */
export class Batch {
  readonly #tables = new Map<Table, Map<string, Values>>();
  readonly #contents: Content[] = [];
  readonly #sessions = new Set<string>();
  size = 0;

  /** The rows that facts are about. */
  static of(facts: Fact[]): Rows {
    const batch = new Batch();
    batch.take(facts);
    return batch.rows;
  }

  get rows(): Rows {
    const tables = [...this.#tables].map(([table, rows]): [Table, Values[]] => [table, [...rows.values()]]);
    return { tables, contents: this.#contents, sessions: [...this.#sessions], size: this.size };
  }

  take(facts: Fact[]): void {
    for (const fact of facts) {
      this.#sessions.add(fact.session);
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
    const { columns, keys } = shape;
    const given = new Array<Values[number]>(columns.length);
    for (let i = 0; i < columns.length; i++) given[i] = values[columns[i] as string];
    const key = keys.length === 1 ? String(given[keys[0] ?? 0]) : keys.map(i => given[i]).join("\0");
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
  const higher = ranks.map(at => (at === undefined ? 0 : rankOf(given, at) - rankOf(old, at)));
  for (let i = 0; i < rules.length; i++) {
    const rule = rules[i] as Rule;
    const [before, now, rise] = [old[i], given[i], higher[i] ?? 0];
    if (typeof rule !== "object") {
      if (now !== undefined) old[i] = merged(rule, before, now);
    } else if (rise > 0) old[i] = now;
    else if (!(rise < 0)) old[i] = merged(rule.tie ?? "latest", before, now);
  }
}

// Lower than any rank, for those who do not know.
const LOWEST = -(2 ** 62);

function rankOf(values: Values, at: number): number {
  const rank = values[at];
  return typeof rank === "number" ? rank : LOWEST;
}

type Plain = Exclude<Rule, object>;

function merged(rule: Plain, old: Values[number], given: Values[number]): Values[number] {
  if (old === undefined || old === null) return given;
  if (given === undefined || given === null || rule === "key" || rule === "known") return old;
  // An owner is still named by its id here, and the lesser one wins.
  return given > old === (rule === "latest") ? given : old;
}
