import { reason } from "../base/expected-error.ts";
import { type Event, factsOfEvent, lineToKeep } from "../clean/facts-of-event.ts";
import type { Prices } from "../clean/prices.ts";
import type { Engine } from "./engine.ts";
import type { Store } from "./store.ts";
import { StoreError } from "./trouble.ts";

/** How long to wait before each further try; after the last the event is given up. */
const WAITS = [1000, 4000, 16_000, 64_000];

const HEARD =
  "insert into setting (name, value) values (?, ?) on conflict do update set value = excluded.value";

interface Retry {
  id: number;
  line: string;
  tries: number;
  reason: string;
}

/** Stores events. One that can't be stored waits in a table of its own, and never holds up the others. */
export class Events {
  readonly #db: Engine;
  readonly #store: Store;
  readonly #prices: Prices;

  constructor(db: Engine, store: Store, prices: Prices) {
    this.#db = db;
    this.#store = store;
    this.#prices = prices;
  }

  /** Stores events, one a line, which stay in the inbox until a checkpoint; answers the sessions that they are about. */
  take(lines: string[], now = Date.now()): Set<string> {
    try {
      return this.#db.transactionSoon(() => this.#takeTogether(lines));
    } catch (error) {
      if (error instanceof StoreError) throw error; // the store can't take anything just now
    }
    // One of them is bad: each by itself then.
    const sessions = lines.map(line => {
      try {
        return this.#db.transactionSoon(() => this.#takeTogether([line]));
      } catch (error) {
        if (error instanceof StoreError) throw error;
        this.#db.run("insert into retry (line, tries, due, reason) values (?, 1, ?, ?)", [
          lineToKeep(line),
          now + (WAITS[0] ?? 0),
          reason(error),
        ]);
        return [];
      }
    });
    return new Set(sessions.flatMap(some => [...some]));
  }

  /** When the last event of each kind was stored, in milliseconds since 1970. */
  heard(): Partial<Record<Event["kind"], number>> {
    const rows = this.#db.all<{ name: string; value: string }>(
      "select name, value from setting where name like 'heard %'",
    );
    return Object.fromEntries(rows.map(({ name, value }) => [name.slice("heard ".length), Number(value)]));
  }

  /** When the next event is to be tried again. */
  nextDue(): number | undefined {
    return this.#db.get<{ due: number | null }>("select min(due) as due from retry")?.due ?? undefined;
  }

  /** Tries again what is due; `giveUp` gets those that have been tried often enough. */
  retry(now: number, giveUp: (letters: { line: string; reason: string }[]) => void): Set<string> {
    const sessions = new Set<string>();
    const due = this.#db.all<Retry>("select id, line, tries, reason from retry where due <= ? order by id", [
      now,
    ]);
    for (const event of due) {
      try {
        const found = this.#db.transaction(() => {
          this.#db.run("delete from retry where id = ?", [event.id]);
          return this.#takeTogether([event.line]);
        });
        for (const session of found) sessions.add(session);
      } catch (error) {
        if (error instanceof StoreError) throw error;
        this.#postpone({ ...event, reason: reason(error) }, now, giveUp);
      }
    }
    return sessions;
  }

  #postpone(event: Retry, now: number, giveUp: (letters: { line: string; reason: string }[]) => void): void {
    const wait = WAITS[event.tries];
    if (wait === undefined) {
      giveUp([{ line: event.line, reason: event.reason }]);
      this.#db.run("delete from retry where id = ?", [event.id]);
    } else {
      this.#db.run("update retry set tries = tries + 1, due = ?, reason = ? where id = ?", [
        now + wait,
        event.reason,
        event.id,
      ]);
    }
  }

  /** Most events are about the same few rows, which are then written once. */
  #takeTogether(lines: string[]): Set<string> {
    const events = lines.map(line => factsOfEvent(line, this.#prices));
    for (const kind of new Set(events.map(event => event.kind)))
      this.#db.run(HEARD, [`heard ${kind}`, String(Date.now())]);
    for (const { unknown, times } of events) if (unknown) this.#store.wonder(unknown, times);
    const facts = events.flatMap(event => event.facts);
    this.#store.take(facts);
    return new Set(facts.map(fact => fact.session));
  }
}
