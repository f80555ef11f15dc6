import { wallAt } from "../base/zone.ts";
import type { Bucket, MissCause } from "../bill.ts";
import type { Prices } from "../clean/prices.ts";
import type { Engine } from "../db/engine.ts";
import { bucketCosts } from "./buckets.ts";
import { type Asked, type Miss, missOf } from "./misses.ts";
import { askedOf, type RequestRow, requestRows } from "./request-rows.ts";

export const BUCKETS: Bucket[] = [
  ...(["input", "output", "cacheRead", "cacheWrite5m", "cacheWrite1h"] as const),
  "webSearches",
];

/** What requests, or parts of them, can be asked for by. */
export interface Kind extends Whose {
  day: number;
  /** Of the week, Monday's first is 0. */
  hour: number;
}

/** The same whenever it was. */
export interface Whose {
  model: string;
  agent: string;
  skill: string;
  /** What was made with it: the tool that was called, or nothing. */
  tool: string;
}

/** All of one kind in a session. A request with several calls is shared among them, and counts with the first. */
export interface Cell extends Kind {
  requests: number;
  calls: number;
  /** In nano-dollars. */
  cost: number;
  /** Without searches, which are no tokens. */
  tokens: number;
  /** The tokens of each bucket, then what each of them cost. */
  amounts: number[];
}

/** Cache misses of one kind. */
export interface Missed extends Kind {
  cause: MissCause;
  times: number;
  tokens: number;
  cost: number;
}

export interface Spending {
  cells: Cell[];
  misses: Missed[];
}

const STEPS = `select request, name from step
  where session = ? and request is not null and kind = 'tool' order by at, id`;
const COMPACTIONS = `select coalesce(at, 0) as at, coalesce(agent, '') as agent from step
  where session = ? and kind = 'compaction' order by at`;

/** What the requests of a session went for. */
export function spendingOf(db: Engine, session: number, prices: Prices): Spending {
  const cells = new Map<string, Cell>();
  const misses = new Map<string, Missed>();
  const calls = callsOf(db, session);
  const compactions = db.all<{ at: number; agent: string }>(COMPACTIONS, [session]);
  const last = new Map<string, Asked>();
  for (const row of requestRows(db, session)) {
    const tools = calls.get(row.id) ?? [""];
    const { day, model, agent, skill } = row;
    const kind = { day, hour: hourOf(row.at), model, agent, skill, tool: tools[0] ?? "" };
    const asked = askedOf(row);
    shareOut(cells, kind, tools, row, bucketCosts(asked, row.cost, prices));
    const before = last.get(agent);
    last.set(agent, asked);
    const isBetween = (step: { at: number; agent: string }) =>
      before !== undefined && step.agent === agent && step.at >= before.at && step.at <= row.at;
    const miss = before && missOf(before, asked, compactions.some(isBetween), prices);
    if (miss) addMiss(misses, kind, miss);
  }
  return { cells: [...cells.values()], misses: [...misses.values()] };
}

/** The tools that each request called; what called none is not among them. */
function callsOf(db: Engine, session: number): Map<string, string[]> {
  const calls = new Map<string, string[]>();
  for (const { request, name } of db.all<{ request: string; name: string | null }>(STEPS, [session]))
    calls.set(request, [...(calls.get(request) ?? []), name ?? ""]);
  return calls;
}

/** A request among its calls, in whole tokens and billionths. */
function shareOut(
  cells: Map<string, Cell>,
  kind: Kind,
  tools: string[],
  row: RequestRow,
  costs: number[],
): void {
  const tokens = [
    row.input,
    row.output,
    row.cache_read,
    row.cache_write_5m,
    row.cache_write_1h,
    row.web_searches,
  ];
  const whole = tokens.slice(0, -1).reduce((sum, part) => sum + part, 0);
  for (const [i, tool] of tools.entries()) {
    const cell = cellOf(cells, { ...kind, tool });
    cell.calls++;
    if (i === 0) cell.requests++;
    cell.tokens += shareOf(whole, tools.length, i);
    for (const cost of costs) cell.cost += shareOf(cost, tools.length, i);
    for (const [at, amount] of [...tokens, ...costs].entries())
      cell.amounts[at] = (cell.amounts[at] ?? 0) + shareOf(amount, tools.length, i);
  }
}

/** The first has what can't be shared. */
function shareOf(amount: number, among: number, i: number): number {
  const share = Math.floor(amount / among);
  return i === 0 ? amount - share * (among - 1) : share;
}

function cellOf(cells: Map<string, Cell>, kind: Kind): Cell {
  const key = keyOf(kind);
  const known = cells.get(key);
  if (known) return known;
  const { day, hour, model, agent, skill, tool } = kind;
  const cell = {
    day,
    hour,
    model,
    agent,
    skill,
    tool,
    requests: 0,
    calls: 0,
    cost: 0,
    tokens: 0,
    amounts: [],
  };
  cells.set(key, cell);
  return cell;
}

function addMiss(misses: Map<string, Missed>, kind: Kind, { cause, tokens, cost }: Miss): void {
  const key = `${keyOf(kind)} ${cause}`;
  const sum = misses.get(key) ?? { ...kind, cause, times: 0, tokens: 0, cost: 0 };
  misses.set(key, { ...sum, times: sum.times + 1, tokens: sum.tokens + tokens, cost: sum.cost + cost });
}

function keyOf({ day, hour, model, agent, skill, tool }: Kind): string {
  return `${day} ${hour} ${model}\n${agent}\n${skill}\n${tool}`;
}

/** Monday's first hour is 0, Sunday's last is 167. */
function hourOf(at: number): number {
  const wall = wallAt(at);
  return ((wall.getUTCDay() + 6) % 7) * 24 + wall.getUTCHours();
}
