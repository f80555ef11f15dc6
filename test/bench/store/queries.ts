import type { SqlValue } from "sql.js";
import type { Engine } from "../../../extension/db/engine.ts";
import { wholeSession } from "../../../extension/queries/session.ts";
import { Sessions } from "../../../extension/queries/sessions.ts";
import { word } from "./made-up/words.ts";
import { YEAR_AGO } from "./made-up/year.ts";

/** Statements that make up one read of the store. */
export interface Read {
  statements: string[];
  params: (db: Engine) => SqlValue[];
}

const LONGEST = "select session from total order by steps desc limit 1";

/** The newest sessions with their sums, as the list asks for them, and one whole session, as a replay does. */
export const newestSessions: Read = {
  statements: asked(db => new Sessions(db, [], String).list()).map(sql => `${sql} limit 50`),
  params: () => [],
};
export const timeline: Read = {
  statements: asked(db => wholeSession(db, anySession(), "", path => path)),
  params: db => [db.get<{ session: number }>(LONGEST)?.session ?? 0],
};

/** The sums of a year, by a column of `daily`. */
export function rollUp(by: "day" | "project" | "model"): Read {
  const sums = ["prompts", "steps", "failures", "requests", "cost", "input", "output", "cache_read"];
  return {
    statements: [
      `select ${by}, ${sums.map(column => `sum(${column}) as ${column}`).join(", ")}
       from daily where day >= ? group by ${by} order by ${by}`,
    ],
    params: () => [YEAR_AGO],
  };
}

/** The newest twenty texts that match, and whose they are. */
export function search(match: string): Read {
  return {
    statements: [
      `select s.id, s.project, c.of, c.owner from search join content c on c.id = search.docid
         join session s on s.key = c.session
       where search match ? order by search.docid desc limit 20`,
    ],
    params: () => [match],
  };
}

/** Searched for: a word of a hundred texts or so, one of every third text, and what two letters may become. */
export const SOUGHT = { rare: word(12_000), common: word(150), start: `${word(150).slice(0, 2)}*` };

/**
 * The statements that a part of the product hands to its engine to get rows: so none is written here a second time.
 * What it gets one row of at a time costs next to nothing.
 */
function asked(work: (db: Engine) => unknown): string[] {
  const statements: string[] = [];
  const all = (sql: string) => {
    statements.push(sql);
    return [];
  };
  const get = () => ({ key: 0 });
  work({ all, get } as unknown as Engine);
  return statements;
}

/** Knows every session, so that a replay goes on to ask for its rows. */
function anySession(): Sessions {
  return { one: () => ({}) } as unknown as Sessions;
}
