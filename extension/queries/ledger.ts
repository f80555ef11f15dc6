import { setImmediate as breathe } from "node:timers/promises";
import type { MissCause } from "../bill.ts";
import type { Prices } from "../clean/prices.ts";
import type { Engine } from "../db/engine.ts";
import { type Asked, type Miss, missOf } from "./misses.ts";
import { askedOf, type RequestRow, requestRows } from "./request-rows.ts";

/** What a day of a session went for, of one model and agent; costs are in nano-dollars. */
export interface Cell {
  day: number;
  model: string;
  agent: string;
  /** By the hour of the week, Monday first. */
  hours: Map<number, number>;
  misses: Map<MissCause, { times: number; tokens: number; cost: number }>;
  /** By what was made with it: the name of a tool, or nothing. */
  tools: Map<string, { calls: number; cost: number }>;
}

const STEPS = `select request, coalesce(case kind when 'tool' then name end, '') as name from step
  where session = ? and request is not null order by at, id`;
const COMPACTIONS = `select coalesce(at, 0) as at, coalesce(agent, '') as agent from step
  where session = ? and kind = 'compaction' order by at`;

/** So many sessions are gone through before others get their turn. */
const AT_ONCE = 25;

/**
 * What only the requests themselves tell: which hours, tools and cache misses the money went to. It is found once per
 * session, and again when that changed.
 */
export class Ledger {
  readonly #db: Engine;
  readonly #prices: Prices;
  readonly #known = new Map<number, { state: string; cells: Cell[] }>();

  constructor(db: Engine, prices: Prices) {
    this.#db = db;
    this.#prices = prices;
  }

  /** The cells of some sessions; `state` differs whenever a session does. */
  async of(sessions: { key: number; state: string }[]): Promise<Map<number, Cell[]>> {
    const found = new Map<number, Cell[]>();
    let read = 0;
    for (const { key, state } of sessions) {
      let known = this.#known.get(key);
      if (known?.state !== state) {
        if (++read % AT_ONCE === 0) await breathe();
        known = { state, cells: this.#read(key) };
        this.#known.set(key, known);
      }
      found.set(key, known.cells);
    }
    return found;
  }

  #read(session: number): Cell[] {
    const cells = new Map<string, Cell>();
    const made = madeBy(this.#db, session);
    const compactions = this.#db.all<{ at: number; agent: string }>(COMPACTIONS, [session]);
    const last = new Map<string, Asked>();
    for (const row of requestRows(this.#db, session)) {
      const cell = cellOf(cells, row);
      const asked = askedOf(row);
      const before = last.get(row.agent);
      last.set(row.agent, asked);
      const isBetween = (step: { at: number; agent: string }) =>
        before !== undefined && step.agent === row.agent && step.at >= before.at && step.at <= row.at;
      const miss = before && missOf(before, asked, compactions.some(isBetween), this.#prices);
      if (miss) addMiss(cell, miss);
      const hour = hourOf(row.at);
      cell.hours.set(hour, (cell.hours.get(hour) ?? 0) + row.cost);
      shareOut(cell, made.get(row.id) ?? [""], row.cost);
    }
    return [...cells.values()];
  }
}

/** What each request made: its tool calls, or nothing but words. */
function madeBy(db: Engine, session: number): Map<string, string[]> {
  const made = new Map<string, string[]>();
  for (const { request, name } of db.all<{ request: string; name: string }>(STEPS, [session]))
    made.set(request, [...(made.get(request) ?? []), name]);
  return made;
}

function cellOf(cells: Map<string, Cell>, { day, model, agent }: RequestRow): Cell {
  const key = `${day} ${model} ${agent}`;
  const cell = cells.get(key) ?? { day, model, agent, hours: new Map(), misses: new Map(), tools: new Map() };
  cells.set(key, cell);
  return cell;
}

function addMiss({ misses }: Cell, { cause, tokens, cost }: Miss): void {
  const sum = misses.get(cause) ?? { times: 0, tokens: 0, cost: 0 };
  misses.set(cause, { times: sum.times + 1, tokens: sum.tokens + tokens, cost: sum.cost + cost });
}

/** A request's cost, in whole billionths, among what it made: its calls, or its words when it called nothing. */
function shareOut({ tools }: Cell, made: string[], cost: number): void {
  const calls = made.filter(name => name !== "");
  const names = calls.length > 0 ? calls : [""];
  const share = Math.floor(cost / names.length);
  for (const [i, name] of names.entries()) {
    const sum = tools.get(name) ?? { calls: 0, cost: 0 };
    const part = i === 0 ? cost - share * (names.length - 1) : share;
    tools.set(name, { calls: sum.calls + 1, cost: sum.cost + part });
  }
}

/** Monday's first hour is 0, Sunday's last is 167. */
function hourOf(at: number): number {
  const time = new Date(at);
  return ((time.getDay() + 6) % 7) * 24 + time.getHours();
}
