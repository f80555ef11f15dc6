import { setImmediate as breathe } from "node:timers/promises";
import type { Prices } from "../clean/prices.ts";
import type { Engine } from "../db/engine.ts";
import { quietly } from "../db/trouble.ts";
import { type Spending, spendingOf } from "./cells.ts";
import { packed, unpacked } from "./packed.ts";

/** So many sessions are found out, or read, before others get their turn. */
const FOUND_AT_ONCE = 25;
const READ_AT_ONCE = 500;

const STALE = "select session from stale where session > ? order by session limit ?";
const KEPT = "select session, cells from ledger where session > ? order by session limit ?";

/**
 * What only the requests themselves tell: which tools, hours, buckets and cache misses the money went to. It is found
 * once per session and kept in the store; sessions of which a request or step changed are noted there as stale.
 */
export class Ledger {
  readonly #db: Engine;
  readonly #prices: Prices;
  /** Another one whenever anything has changed. */
  version = 0;
  #kept: Promise<Map<number, Spending>> | undefined;

  constructor(db: Engine, prices: Prices) {
    this.#db = db;
    this.#prices = prices;
  }

  /** Finds it out beforehand, so that nobody waits for it later; of trouble whoever asks will hear. */
  prepare(): void {
    this.all().catch(() => {});
  }

  /** Of all sessions, by their keys, as they are now. */
  async all(): Promise<ReadonlyMap<number, Spending>> {
    this.#kept ??= this.#read();
    const known = await this.#kept.catch(error => {
      this.#kept = undefined; // the next one to ask may have better luck
      throw error;
    });
    for await (const stale of this.#pages<{ session: number }>(STALE, FOUND_AT_ONCE)) {
      this.version++;
      for (const { session } of stale) known.set(session, spendingOf(this.#db, session, this.#prices));
      // On a full disk it is not kept, and found out again the next time.
      quietly(() => this.#keep(stale, known))();
    }
    return known;
  }

  async #read(): Promise<Map<number, Spending>> {
    const known = new Map<number, Spending>();
    for await (const rows of this.#pages<{ session: number; cells: string }>(KEPT, READ_AT_ONCE))
      for (const { session, cells } of rows) known.set(session, unpacked(cells));
    return known;
  }

  async *#pages<T extends { session: number }>(sql: string, size: number): AsyncGenerator<T[]> {
    const after = (last: number) => this.#db.all<T>(sql, [last, size]);
    for (let page = after(0); page.length > 0; page = after(page.at(-1)?.session ?? 0)) {
      yield page;
      await breathe();
    }
  }

  #keep(found: { session: number }[], known: ReadonlyMap<number, Spending>): void {
    this.#db.transactionSoon(() => {
      for (const { session } of found) {
        const spending = known.get(session);
        this.#db.run("delete from ledger where session = ?", [session]);
        if (spending && spending.cells.length > 0)
          this.#db.run("insert into ledger (session, cells) values (?, ?)", [session, packed(spending)]);
        this.#db.run("delete from stale where session = ?", [session]);
      }
    });
  }
}
