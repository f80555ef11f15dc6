import { setImmediate as breathe } from "node:timers/promises";
import { addDays, startOfDay } from "../base/usual.ts";
import type { BilledSession, BillFilter, BillWanted, Breakdown, BreakdownWanted } from "../bill.ts";
import type { Engine } from "../db/engine.ts";
import type { SessionRow } from "../protocol.ts";
import { breakdownOf, narrowed, type Spender, usageOf } from "./breakdown.ts";
import type { Ledger } from "./ledger.ts";
import type { Sessions } from "./sessions.ts";
import { dollars, spentOf, type UsageSums } from "./spent.ts";
import { allUnattributed } from "./unattributed.ts";
import { dayOf, SUMS, used } from "./used.ts";
import { windowStarts, windowsOf } from "./windows.ts";

interface Row extends UsageSums {
  key: number;
  id: string;
  added: number;
  removed: number;
  last_day: number;
}

const AMOUNTS = [
  "added",
  "removed",
  "cost",
  "input",
  "output",
  "cache_read",
  "cache_write_5m",
  "cache_write_1h",
];
const AT_ONCE = 250;
const WHERE = `select s.key, coalesce(s.project, '') as project from session s left join source f on f.id = s.source`;
const TYPES = "select id, type from agent where type is not null";

/** Where the money of some days went: which sessions, branches, tools, hours and cache misses. */
export class Bills {
  readonly #db: Engine;
  readonly #folders: string[];
  readonly #sessions: Sessions;
  readonly #ledger: Ledger;
  #starts: { version: number; hours: Map<number, number> } | undefined;

  constructor(db: Engine, folders: string[], sessions: Sessions, ledger: Ledger) {
    this.#db = db;
    this.#folders = folders;
    this.#sessions = sessions;
    this.#ledger = ledger;
  }

  /** The dearest first. */
  async sessions({ limit, ...wanted }: BillWanted): Promise<BilledSession[]> {
    const rows = dearestFirst(await this.#rows(wanted)).slice(0, limit);
    const known = await inTurn(rows, keys => this.#sessions.some(keys));
    const sessions = new Map(known.map(session => [session.id, session]));
    const [commits, beside] = [this.#commits(wanted), this.#beside(rows, wanted)];
    return rows.flatMap(row => {
      const session = sessions.get(row.id);
      if (!session) return [];
      const unattributedUsd = dollars(beside.get(row.key) ?? 0);
      return [{ ...billed(session, row), commits: commits.get(row.key) ?? 0, unattributedUsd }];
    });
  }

  /** The keys of those that cost most of what is asked for. */
  async dearest(wanted: BillFilter, limit: number): Promise<{ key: number; id: string }[]> {
    return dearestFirst(await this.#rows(wanted)).slice(0, limit);
  }

  async breakdown({ stack, also, ...wanted }: BreakdownWanted): Promise<Breakdown> {
    const spenders = await this.#spenders(wanted, also === "branch");
    const rows = await this.#rows(wanted, spenders);
    const commits = this.#commits(wanted);
    const beside = this.#beside(rows, wanted);
    const sum = (of: (row: Row) => number) => rows.reduce((all, row) => all + of(row), 0);
    const asked = [...spenders.values()];
    return {
      ...breakdownOf(asked, this.typeOf(), stack),
      windows: windowsOf(asked, await this.#windows()),
      came: {
        sessions: rows.length,
        commits: sum(({ key }) => commits.get(key) ?? 0),
        lines: sum(({ added, removed }) => added + removed),
        unattributedUsd: dollars(sum(({ key }) => beside.get(key) ?? 0)),
      },
    };
  }

  /** All use decides where windows begin, and that is a lot to go through. */
  async #windows(): Promise<Map<number, number>> {
    const all = await this.#spenders({});
    const { version } = this.#ledger;
    if (this.#starts?.version !== version) this.#starts = { version, hours: windowStarts([...all.values()]) };
    return this.#starts.hours;
  }

  /** What is left of each session's spending when only some of it is asked for. */
  async #spenders(wanted: BillFilter, branches = false): Promise<Map<number, Spender>> {
    const all = await this.#ledger.all();
    const { within, project, session } = wanted;
    const { sql, params } = used(this.#folders, { ...which({ within, project, session }) });
    const rows = this.#db.all<{ key: number; project: string }>(`${WHERE} where ${sql}`, params);
    const known = branches || wanted.branch !== undefined ? await this.#branches(rows) : undefined;
    const typeOf = this.typeOf();
    return new Map(
      rows.flatMap(({ key, project }) => {
        const [spending, branch] = [all.get(key), known?.get(key) ?? ""];
        if (!spending || (wanted.branch !== undefined && branch !== wanted.branch)) return [];
        const left = narrowed(spending, wanted, typeOf);
        return left.cells.length > 0 ? [[key, { project, branch, ...left }]] : [];
      }),
    );
  }

  /** What each session that was at work used. Nobody knows which tool wrote how many lines. */
  async #rows(wanted: BillFilter, spenders?: Map<number, Spender>): Promise<Row[]> {
    const sums = AMOUNTS.map(amount => `sum(n.${amount}) as ${amount}`).join(", ");
    const { sql, params } = used(this.#folders, wanted);
    const rows = this.#db.all<Row>(
      `select s.key, s.id, ${sums}, (select max(day) from sums where session = s.key and requests > 0) as last_day
       from ${SUMS} where ${sql} group by s.key having sum(n.prompts + n.steps + n.requests) > 0`,
      params,
    );
    if (isOfSessions(wanted) && wanted.branch === undefined) return rows;
    const left = spenders ?? (await this.#spenders(wanted));
    return rows.flatMap(row => {
      const spender = left.get(row.key);
      if (!spender) return [];
      return [isOfSessions(wanted) ? row : { ...row, added: 0, removed: 0, ...usageOf(spender) }];
    });
  }

  async #branches(rows: { key: number }[]): Promise<Map<number, string>> {
    return new Map(await inTurn(rows, keys => [...this.#sessions.branches(keys)]));
  }

  /** What tells the type of a sub-agent by its id. */
  typeOf(): (agent: string) => string {
    const types = new Map(
      this.#db.all<{ id: string; type: string }>(TYPES).map(({ id, type }) => [id, type]),
    );
    return agent => types.get(agent) ?? agent;
  }

  /** What Claude Code did not write down belongs to no model, agent, tool or earlier day that anybody knows. */
  #beside(rows: Row[], wanted: BillFilter): Map<number, number> {
    if (!isOfAll(wanted)) return new Map();
    const to = dayOf(wanted.to) ?? Number.POSITIVE_INFINITY;
    const all = allUnattributed(this.#db);
    return new Map(rows.filter(row => row.last_day <= to).map(({ key }) => [key, all.get(key) ?? 0]));
  }

  /** Commits have no model, agent or sums by day; there are few of them. */
  #commits(wanted: BillFilter): Map<number, number> {
    if (!isOfAll(wanted)) return new Map();
    const { from, to } = wanted;
    const start = from === undefined ? 0 : startOfDay(from);
    const end = to === undefined ? Number.MAX_SAFE_INTEGER : startOfDay(addDays(to, 1));
    const sql =
      "select session, count(*) as n from git_commit where coalesce(at, 0) >= ? and coalesce(at, 0) < ? group by 1";
    const rows = this.#db.all<{ session: number; n: number }>(sql, [start, end]);
    return new Map(rows.map(({ session, n }) => [session, n]));
  }
}

function dearestFirst(rows: Row[]): Row[] {
  return rows.sort((a, b) => (b.cost ?? 0) - (a.cost ?? 0) || a.key - b.key);
}

/** Asks about many sessions some at a time, so that others get their turn. */
async function inTurn<T>(rows: { key: number }[], ask: (keys: number[]) => T[]): Promise<T[]> {
  const found: T[] = [];
  for (let i = 0; i < rows.length; i += AT_ONCE) {
    found.push(...ask(rows.slice(i, i + AT_ONCE).map(({ key }) => key)));
    await breathe();
  }
  return found;
}

/** Whether the sums of sessions tell what is asked for. */
function isOfSessions({ tool, server, skill }: BillFilter): boolean {
  return [tool, server, skill].every(part => part === undefined);
}

function isOfAll(wanted: BillFilter): boolean {
  return isOfSessions(wanted) && wanted.model === undefined && wanted.agent === undefined;
}

/** Only what was said. */
function which<T extends object>(filter: T): Partial<T> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function billed(session: SessionRow, row: Row): Omit<BilledSession, "commits" | "unattributedUsd"> {
  const { id, title, project, branch, status, startedAt, endedAt, unpricedModels } = session;
  return {
    session: { id, title, project, branch, status, endedAt, unpricedModels },
    durationMs: Math.max(0, endedAt - startedAt),
    ...{ linesAdded: row.added, linesRemoved: row.removed },
    ...spentOf(row),
  };
}
