import type { BillBy, BillFilter, Breakdown, BreakdownWanted, MissCause, Misses, Share } from "../bill.ts";
import { BUCKETS, type Cell, type Kind, type Missed, type Spending, type Whose } from "./cells.ts";
import { dollars, type UsageSums } from "./spent.ts";
import { dateOf, dayOf } from "./used.ts";

/** A session's spending, and where it was at work. */
export interface Spender extends Spending {
  project: string;
  branch: string;
}

/** The type of a sub-agent: its id says nothing to anybody. */
type TypeOf = (agent: string) => string;

const CAUSES: MissCause[] = ["expired", "prefix", "compaction", "model"];

/** What is left of a session's spending when only some is asked for. */
export function narrowed(spending: Spending, wanted: BillFilter, typeOf: TypeOf): Spending {
  const { from, to } = wanted;
  const isOne = kindWanted(wanted, typeOf);
  if (from === undefined && to === undefined && !isOne) return spending;
  const [first, last] = [dayOf(from) ?? 0, dayOf(to) ?? Number.POSITIVE_INFINITY];
  const isWanted = (kind: Kind) => kind.day >= first && kind.day <= last && (isOne?.(kind) ?? true);
  return { cells: spending.cells.filter(isWanted), misses: spending.misses.filter(isWanted) };
}

/** Whether something is of the kind that is asked for, whatever its day; nothing when any kind is. */
export function kindWanted(
  { model, agent, skill, tool, server }: BillFilter,
  typeOf: TypeOf,
): ((kind: Whose) => boolean) | undefined {
  if ([model, agent, skill, tool, server].every(part => part === undefined)) return undefined;
  return kind =>
    (model === undefined || kind.model === model) &&
    (agent === undefined || typeOf(kind.agent) === agent) &&
    (skill === undefined || kind.skill === skill) &&
    (tool === undefined || kind.tool === tool) &&
    (server === undefined || serverOf(kind.tool) === server);
}

/** What all of it came to, as the store has its sums. */
export function usageOf({ cells }: Spending): UsageSums {
  const sum = (of: (cell: Cell) => number) => cells.reduce((all, cell) => all + of(cell), 0);
  const [input = 0, output = 0, cache_read = 0, cache_write_5m = 0, cache_write_1h = 0] = BUCKETS.map(
    (_, i) => sum(({ amounts }) => amounts[i] ?? 0),
  );
  const cost = sum(cell => cell.cost);
  return { cost, input, output, cache_read, cache_write_5m, cache_write_1h };
}

/** All that is told of some sessions' spending, in one go through it: there may be a hundred thousand cells. */
export function breakdownOf(
  spenders: Spender[],
  typeOf: TypeOf,
  stack: BreakdownWanted["stack"],
): Omit<Breakdown, "came" | "windows"> {
  const sums = {
    ...{ project: new Sums(), branch: new Sums(), model: new Sums(), agent: new Sums() },
    ...{ skill: new Sums(), tool: new Sums(), server: new Sums() },
  } satisfies Record<BillBy, Sums>;
  const days = new Map<number, Sums>();
  const hours = Array<number>(168).fill(0);
  const amounts = Array<number>(2 * BUCKETS.length).fill(0);
  for (const { project, branch, cells } of spenders) {
    const session = { cost: 0, tokens: 0, requests: 0, calls: 0 };
    for (const cell of cells) {
      const { day, hour, model, skill, tool } = cell;
      const agent = typeOf(cell.agent);
      addSpent(session, cell);
      sums.model.add(model, cell);
      sums.agent.add(agent, cell);
      sums.skill.add(skill, cell);
      sums.tool.add(tool, cell);
      sums.server.add(serverOf(tool), cell);
      if (stack) ofDay(days, day).add(stack === "model" ? model : stack === "agent" ? agent : project, cell);
      hours[hour] = (hours[hour] ?? 0) + cell.cost;
      addTo(amounts, cell.amounts);
    }
    sums.project.add(project, session);
    sums.branch.add(branch, session);
  }
  return {
    by: Object.fromEntries(Object.entries(sums).map(([by, sum]) => [by, sum.list()])) as Breakdown["by"],
    days: [...days].flatMap(([day, sum]) => sum.list().map(share => ({ day: dateOf(day), ...share }))),
    hours: hours.map(dollars),
    buckets: BUCKETS.map((name, i) => ({
      ...{ name, tokens: amounts[i] ?? 0 },
      costUsd: dollars(amounts[BUCKETS.length + i] ?? 0),
    })),
    misses: missesOf(spenders.flatMap(({ misses }) => misses)),
  };
}

type Spent = Pick<Cell, "cost" | "tokens" | "requests" | "calls">;

/** Amounts by a name. */
class Sums {
  readonly #sums = new Map<string, Spent>();

  add(name: string, spent: Spent): void {
    const sum = this.#sums.get(name);
    if (sum) {
      addSpent(sum, spent);
      return;
    }
    const { cost, tokens, requests, calls } = spent;
    this.#sums.set(name, { cost, tokens, requests, calls });
  }

  /** The dearest first. */
  list(): Share[] {
    const shares = [...this.#sums].map(([name, { cost, ...sum }]) => ({
      name,
      costUsd: dollars(cost),
      ...sum,
    }));
    return shares.sort((a, b) => b.costUsd - a.costUsd);
  }
}

function addSpent(sum: Spent, spent: Spent): void {
  sum.cost += spent.cost;
  sum.tokens += spent.tokens;
  sum.requests += spent.requests;
  sum.calls += spent.calls;
}

function ofDay(days: Map<number, Sums>, day: number): Sums {
  const known = days.get(day);
  if (known) return known;
  const sums = new Sums();
  days.set(day, sums);
  return sums;
}

function addTo(sums: number[], amounts: number[]): void {
  for (let i = 0; i < amounts.length; i++) sums[i] = (sums[i] ?? 0) + (amounts[i] ?? 0);
}

/** The MCP server that a tool belongs to; nothing for Claude Code's own. */
function serverOf(tool: string): string {
  return tool.startsWith("mcp__") ? (/^mcp__(.+?)__/.exec(tool)?.[1] ?? "") : "";
}

function missesOf(all: Missed[]): Misses[] {
  return CAUSES.flatMap(cause => {
    const found = all.filter(miss => miss.cause === cause);
    const sum = (of: "times" | "tokens" | "cost") => found.reduce((all, miss) => all + miss[of], 0);
    const times = sum("times");
    return times > 0 ? [{ cause, times, tokens: sum("tokens"), costUsd: dollars(sum("cost")) }] : [];
  });
}
