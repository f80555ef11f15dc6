import type { BilledSession, Breakdown, MissCause, Misses } from "../bill.ts";
import type { Engine } from "../db/engine.ts";
import type { SessionRow } from "../protocol.ts";
import type { UsageFilter } from "../questions.ts";
import type { Cell, Ledger } from "./ledger.ts";
import type { Sessions } from "./sessions.ts";
import { dollars, spentOf, type UsageSums } from "./spent.ts";
import { dayOf, SUMS, used } from "./used.ts";

interface Row extends UsageSums {
  key: number;
  id: string;
  ended_at: number;
  requests: number;
  steps: number;
  added: number;
  removed: number;
  last_day: number;
}

const AMOUNTS = ["requests", "steps", "added", "removed", "cost", "input", "output"];
const BUCKETS = ["cache_read", "cache_write_5m", "cache_write_1h"];

/** Where the money of some days went: which sessions, tools, hours and cache misses. */
export class Bills {
  readonly #db: Engine;
  readonly #folders: string[];
  readonly #sessions: Sessions;
  readonly #ledger: Ledger;

  constructor(db: Engine, folders: string[], sessions: Sessions, ledger: Ledger) {
    this.#db = db;
    this.#folders = folders;
    this.#sessions = sessions;
    this.#ledger = ledger;
  }

  sessions(wanted: UsageFilter): BilledSession[] {
    return this.#billed(this.#rows(wanted), wanted);
  }

  async breakdown(wanted: UsageFilter): Promise<Breakdown> {
    const cells = await this.#cells(this.#rows(wanted), wanted);
    return { tools: toolsOf(cells), hours: hoursOf(cells), misses: missesOf(cells) };
  }

  /** What is told of the requests that were asked for. */
  async #cells(rows: { key: number; state: string }[], wanted: UsageFilter): Promise<Cell[]> {
    const known = await this.#ledger.of(rows);
    const agents = this.#db.all<{ id: string; type: string }>(
      "select id, type from agent where type is not null",
    );
    const types = new Map(agents.map(({ id, type }) => [id, type]));
    const [from, to] = [dayOf(wanted.from), dayOf(wanted.to)];
    const isWanted = ({ day, model, agent }: Cell) =>
      (from === undefined || day >= from) &&
      (to === undefined || day <= to) &&
      (wanted.model === undefined || model === wanted.model) &&
      (wanted.agent === undefined || (types.get(agent) ?? agent) === wanted.agent);
    return [...known.values()].flat().filter(isWanted);
  }

  #rows(wanted: UsageFilter): (Row & { state: string })[] {
    const sums = [...AMOUNTS, ...BUCKETS].map(amount => `sum(n.${amount}) as ${amount}`).join(", ");
    const { sql, params } = used(this.#folders, wanted);
    const rows = this.#db.all<Row>(
      `select s.key, s.id, s.ended_at, ${sums},
         (select max(day) from sums where session = s.key and requests > 0) as last_day
       from ${SUMS} where ${sql} group by s.key having sum(n.prompts + n.steps + n.requests) > 0`,
      params,
    );
    const whole = this.#states();
    return rows.map(row => ({ ...row, state: whole.get(row.key) ?? "" }));
  }

  /** What differs when a session has changed. */
  #states(): Map<number, string> {
    const sql = `select session as key, sum(requests) || ' ' || sum(steps) || ' ' || sum(cost) || ' ' || sum(output) as state
      from sums group by 1`;
    return new Map(this.#db.all<{ key: number; state: string }>(sql).map(({ key, state }) => [key, state]));
  }

  #billed(rows: Row[], wanted: UsageFilter): BilledSession[] {
    const since = wanted.from === undefined ? {} : { since: Date.parse(`${wanted.from}T00:00:00`) };
    const known = new Map(this.#sessions.list(since).map(session => [session.id, session]));
    const commits = this.#commits(wanted);
    // Nobody knows which model, agent or earlier day what Claude Code did not write down belongs to.
    const isWhole = wanted.model === undefined && wanted.agent === undefined;
    const to = dayOf(wanted.to) ?? Number.POSITIVE_INFINITY;
    return rows.flatMap(row => {
      const session = known.get(row.id);
      if (!session) return [];
      const unattributedUsd = isWhole && row.last_day <= to ? session.unattributedUsd : 0;
      return [{ ...billed(session, row), commits: commits.get(row.key) ?? 0, unattributedUsd }];
    });
  }

  /** Commits have no model, agent or sums by day; there are few of them. */
  #commits({ from, to, model, agent }: UsageFilter): Map<number, number> {
    if (model !== undefined || agent !== undefined) return new Map();
    const start = from === undefined ? 0 : Date.parse(`${from}T00:00:00`);
    const end = to === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(`${to}T23:59:59.999`);
    const sql =
      "select session, count(*) as n from git_commit where coalesce(at, 0) between ? and ? group by 1";
    const rows = this.#db.all<{ session: number; n: number }>(sql, [start, end]);
    return new Map(rows.map(({ session, n }) => [session, n]));
  }
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

function toolsOf(cells: Cell[]): Breakdown["tools"] {
  const sums = new Map<string, { calls: number; cost: number }>();
  for (const [name, { calls, cost }] of cells.flatMap(({ tools }) => [...tools])) {
    const sum = sums.get(name) ?? { calls: 0, cost: 0 };
    sums.set(name, { calls: sum.calls + calls, cost: sum.cost + cost });
  }
  const tools = [...sums].map(([name, { calls, cost }]) => ({ name, calls, costUsd: dollars(cost) }));
  return tools.sort((a, b) => b.costUsd - a.costUsd);
}

function hoursOf(cells: Cell[]): number[] {
  const hours = Array<number>(168).fill(0);
  for (const [hour, cost] of cells.flatMap(cell => [...cell.hours])) hours[hour] = (hours[hour] ?? 0) + cost;
  return hours.map(dollars);
}

const CAUSES: MissCause[] = ["expired", "prefix", "compaction", "model"];

function missesOf(cells: Cell[]): Misses[] {
  return CAUSES.flatMap(cause => {
    const found = cells.flatMap(({ misses }) => misses.get(cause) ?? []);
    const sum = (of: (miss: (typeof found)[number]) => number) =>
      found.reduce((all, miss) => all + of(miss), 0);
    const times = sum(miss => miss.times);
    const costUsd = dollars(sum(miss => miss.cost));
    return times > 0 ? [{ cause, times, tokens: sum(miss => miss.tokens), costUsd }] : [];
  });
}
