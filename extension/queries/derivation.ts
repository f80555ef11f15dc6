import { ExpectedError } from "../base/expected-error.ts";
import type { Derivation, DerivationWanted, DerivedRequest, Rates } from "../bill.ts";
import { usageRank } from "../clean/facts.ts";
import type { Prices, Tokens } from "../clean/prices.ts";
import type { Engine } from "../db/engine.ts";
import { Agents } from "./agents.ts";
import { addUsage, noUsage, Requests } from "./requests.ts";
import { chapterOf, unknownSession } from "./session.ts";
import type { Sessions } from "./sessions.ts";
import { dollars, spentOf, type UsageSums } from "./spent.ts";
import { stepRows } from "./steps.ts";

interface Row extends UsageSums {
  id: string;
  session: number;
  at: number;
  model: string;
  agent: string | null;
  type: string;
  prompt: string | null;
  web_searches: number;
  geo: string | null;
  usage_rank: number;
  path: string | null;
  offset: number | null;
  counted_in: string | null;
}

// A fork's file begins with copies, which count in the session that asked.
const ROWS = `
  select r.id, coalesce(r.at, 0) as at, coalesce(r.model, '') as model, r.agent, r.prompt,
    coalesce(a.type, r.agent, '') as type, r.cost, r.input, r.output, r.cache_read, r.cache_write_5m,
    r.cache_write_1h, coalesce(r.web_searches, 0) as web_searches, r.geo, coalesce(r.usage_rank, 0) as usage_rank,
    f.path, r.offset, case when r.session <> ?1 then o.id end as counted_in
  from request r left join agent a on a.id = r.agent left join source f on f.id = r.source
    left join session o on o.key = r.session
  where r.id in (select id from request where session = ?1 union select request from copy where session = ?1)
  order by r.at, r.id`;

/** Any amount, request by request, with the place of each. */
export class Derivations {
  readonly #db: Engine;
  readonly #sessions: Sessions;
  readonly #prices: Prices;

  constructor(db: Engine, sessions: Sessions, prices: Prices) {
    this.#db = db;
    this.#sessions = sessions;
    this.#prices = prices;
  }

  of({ session: id, prompt }: DerivationWanted): Derivation {
    const session = this.#sessions.one(id);
    const known = this.#db.get<{ key: number; bill: number | null }>(
      "select key, bill from session where id = ?",
      [id],
    );
    if (!session || !known) throw unknownSession();
    const all = this.#db.all<Row>(ROWS, [known.key]);
    const rows = prompt === undefined ? all : this.#ofPrompt(known.key, all, prompt);
    const sums = noUsage();
    for (const row of rows) if (row.counted_in === null) addUsage(sums, row);
    const bill = prompt === undefined ? known.bill : null;
    const unattributedUsd = bill === null ? 0 : session.unattributedUsd;
    const earlier = bill === null ? 0 : bill - sums.cost - Math.round(unattributedUsd * 1e9);
    return {
      session: { id, title: session.title, unpricedModels: session.unpricedModels },
      prompt: prompt ?? null,
      requests: rows.map(row => this.#derived(row)),
      saidUsd: bill === null ? null : dollars(bill),
      // What Claude Code counted less than there is, as when it was killed, is no debt of an earlier session.
      earlierUsd: session.parentId === null ? 0 : dollars(Math.max(0, earlier)),
      unattributedUsd,
      ...spentOf(sums),
    };
  }

  /** The requests that followed a prompt, with those of the sub-agents that it led to. */
  #ofPrompt(key: number, rows: Row[], prompt: string): Row[] {
    const steps = stepRows(this.#db, key);
    const agents = new Agents(this.#db, key, steps, new Requests(this.#db, key, steps));
    const prompts = this.#db.all<{ id: string; startedAt: number }>(
      "select id, coalesce(at, 0) as startedAt from prompt where session = ? order by at, offset",
      [key],
    );
    if (!prompts.some(({ id }) => id === prompt))
      throw new ExpectedError("This prompt is not known. Refresh the list.");
    const chapters = [{ id: "", startedAt: 0 }, ...prompts];
    return rows.filter(row => chapterOf(chapters, row, agents).id === prompt);
  }

  #derived(row: Row): DerivedRequest {
    const { id, at, model, type, prompt, path, offset } = row;
    const { tokens, costUsd } = spentOf(row);
    const asked: Tokens = { ...tokens, webSearches: row.web_searches, geo: row.geo ?? undefined };
    const price = this.#prices.rates(model, asked, at);
    return {
      ...{ id, at, model, agent: type, promptId: prompt, tokens, costUsd },
      webSearches: row.web_searches,
      factor: row.geo === "us" ? 1.1 : 1,
      rates: price ? inDollars(price.rates) : null,
      pricedSince: price?.from ?? null,
      told: row.usage_rank >= usageRank.telemetry,
      ...{ countedIn: row.counted_in, transcript: path, offset },
    };
  }
}

/** From pico-dollars per token. */
function inDollars(rates: Rates): Rates {
  return Object.fromEntries(Object.entries(rates).map(([name, rate]) => [name, rate / 1e6])) as Rates;
}
