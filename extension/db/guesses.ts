import { ranks, usageRank } from "../clean/facts.ts";
import { GUESSED } from "../clean/hook.ts";
import type { Engine } from "./engine.ts";
import type { Rows } from "./merge.ts";
import { type Table, upsertOf } from "./rules.ts";

const KINDS: Table[] = ["prompt", "request", "step"];

/** Both clocks are this machine's, but a hook or a record is noted a moment after the line, or before. */
const [SOON, A_WHILE] = [5000, 60_000];

/**
 * Old clients' hooks and telemetry tell of prompts, requests and calls without their ids. These rows have ids of our
 * own until the transcript's row of the same is found: by the turn, or else by the time, the name and the tokens.
 * What was found is remembered, so that the same event again does not bring the row back.
 */
export class Guesses {
  readonly #db: Engine;

  constructor(db: Engine) {
    this.#db = db;
  }

  /** Notes which of some rows are guesses. */
  note(rows: Rows, keyOf: (session: string) => number | undefined): void {
    for (const [table, some] of rows.tables) {
      if (!KINDS.includes(table)) continue;
      const { columns } = upsertOf(table);
      const [id, session] = [columns.indexOf("id"), columns.indexOf("session")];
      for (const values of some) {
        const key = keyOf(String(values[session]));
        if (key !== undefined && String(values[id]).startsWith(GUESSED))
          this.#db.run("insert or ignore into guess (session, kind, id) values (?, ?, ?)", [
            key,
            table,
            String(values[id]),
          ]);
      }
    }
  }

  /** Finds what the guesses of some sessions are, as far as it is known by now. */
  resolve(sessions: Iterable<number>): void {
    if (!this.#db.get("select 1 from guess limit 1")) return;
    for (const session of sessions) {
      if (!this.#db.get("select 1 from guess where session = ?", [session])) continue;
      this.#db.run(SAME_PROMPT, [session]);
      this.#pair(session, "request", SAME_REQUEST, TO_REQUEST);
      this.#pair(session, "step", SAME_STEP, TO_STEP);
    }
  }

  #pair(session: number, kind: "request" | "step", same: string, to: string): void {
    const guesses = this.#db.all<{ id: string; twin: string | null }>(
      `select g.id, g.twin from guess g join ${kind} r on r.id = g.id where g.session = ? and g.kind = ?
       order by r.at, r.id`,
      [session, kind],
    );
    for (const { id, twin } of guesses) {
      const found = twin ?? this.#db.get<{ id: string }>(same, [session, id])?.id;
      if (found === undefined) continue;
      if (twin === null) {
        this.#db.run(to, [id, found]);
        this.#db.run("update guess set twin = ? where kind = ? and id = ?", [found, kind, id]);
      }
      this.#db.run(`delete from ${kind} where id = ?`, [id]);
      if (kind === "step") this.#db.run("delete from failure where step = ?", [id]);
    }
  }
}

// A guess sorts behind all real ids, so that of two guesses of the same the first one stays.
// One teller's guesses are of different prompts, however soon they follow each other: ids begin with who tells.
const SAME_TELLER = "~hook:".length;
const SAME_PROMPT = `delete from prompt where session = ?1
  and id in (select id from guess where session = ?1 and kind = 'prompt')
  and exists (select 1 from prompt q where q.session = ?1 and q.id < prompt.id
    and (q.turn = prompt.turn or (prompt.turn is null and abs(q.at - prompt.at) < ${SOON}
      and substr(q.id, 1, ${SAME_TELLER}) <> substr(prompt.id, 1, ${SAME_TELLER}))))`;

// Old clients count input before the response, and what they write down of the output is too little.
const SAME_REQUEST = `select q.id from request g join request q on q.session = g.session and q.id < '${GUESSED}'
    and q.model = g.model and q.input = g.input and q.cache_read = g.cache_read
    and q.cache_write_5m + q.cache_write_1h = g.cache_write_5m + g.cache_write_1h
  where g.session = ?1 and g.id = ?2 and q.usage_rank < ${usageRank.telemetry}
    and abs(q.at - g.at) < ${A_WHILE} order by abs(q.at - g.at), q.id limit 1`;
const TO_REQUEST = `update request set (usage_rank, output, cost, duration) =
  (select usage_rank, output, cost, duration from request where id = ?1) where id = ?2`;

const SAME_STEP = `select q.id from step g join step q on q.session = g.session and q.id < '${GUESSED}'
    and q.kind = 'tool' and q.name = g.name
  where g.session = ?1 and g.id = ?2 and coalesce(q.duration_rank, 0) < ${ranks.duration.telemetry}
    and abs(q.ended_at - g.ended_at) < ${SOON} order by abs(q.ended_at - g.ended_at), q.id limit 1`;
const TO_STEP = `update step set (duration_rank, duration) =
  (select duration_rank, duration from step where id = ?1) where id = ?2`;
