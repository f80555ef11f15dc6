import type { SqlValue } from "sql.js";
import type { Fact } from "../../../extension/clean/facts.ts";
import type { Engine } from "../../../extension/db/engine.ts";
import { rowOf } from "../../../extension/db/rows.ts";
import { upsertOf } from "../../../extension/db/rules.ts";
import { Store } from "../../../extension/db/store.ts";
import { END } from "./made-up/year.ts";
import { newestSessions, type Read, rollUp, SOUGHT, search, timeline } from "./queries.ts";

/** Something that is done to a store again and again, and timed. */
export interface Measure {
  label: string;
  kind: "read" | "event";
  /** What is done, given which time it is; what it answers must be the same in every engine. */
  on(db: Engine): (time: number) => unknown;
}

/** What is measured while a store is open, in this order. */
export const MEASURES = {
  sessions: read("newest 50 sessions", newestSessions),
  timeline: read("timeline of 2,000 steps", timeline),
  byDay: read("a year by day", rollUp("day")),
  byProject: read("a year by project", rollUp("project")),
  byModel: read("a year by model", rollUp("model")),
  rare: read("search for a rare word", search(SOUGHT.rare)),
  common: read("search for a common word", search(SOUGHT.common)),
  start: read("search for two letters*", search(SOUGHT.start)),
  statement: { label: "event, the upsert alone", kind: "event", on: upserting },
  fact: { label: "event, Store.take", kind: "event", on: taking },
} as const satisfies Record<string, Measure>;

export type MeasureName = keyof typeof MEASURES;

function read(label: string, { statements, params }: Read): Measure {
  const on = (db: Engine) => {
    const values = params(db);
    return () => {
      const rows = statements.map(sql => db.all(sql, sql.includes("?") ? values : []));
      if (rows.some(found => found.length === 0)) throw new Error("Nothing was found, which is no measure.");
      return rows;
    };
  };
  return { label, kind: "read", on };
}

/** One row of a step with its triggers, in a transaction of its own. */
function upserting(db: Engine): (time: number) => unknown {
  const { key, id } = newest(db);
  const { sql, columns } = upsertOf("step");
  return time => {
    const { values } = rowOf(step("statement", id, time));
    const known: Record<string, SqlValue | undefined> = { ...values, session: key };
    return db.run(
      sql,
      columns.map(column => known[column] ?? null),
    );
  };
}

/** The same as it happens in the product, where the session has to be found first. */
function taking(db: Engine): (time: number) => unknown {
  const { id } = newest(db);
  const store = new Store(db);
  return time => store.take([step("fact", id, time)]);
}

interface Newest {
  key: number;
  id: string;
}

function newest(db: Engine): Newest {
  const found = db.get<Newest>("select key, id from session order by ended_at desc limit 1");
  if (!found) throw new Error("The store is empty.");
  return found;
}

function step(by: string, session: string, time: number): Extract<Fact, { kind: "step" }> {
  const id = `toolu_bench_${by}_${time}`;
  return {
    kind: "step",
    type: "tool",
    session,
    id,
    at: END + time * 1000,
    name: "Bash",
    prompt: "bench",
    request: "bench",
  };
}
