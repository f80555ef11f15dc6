import { setImmediate as breathe } from "node:timers/promises";
import type { BillFilter, Finding, FindingRule } from "../../bill.ts";
import type { Prices } from "../../clean/prices.ts";
import type { Engine } from "../../db/engine.ts";
import type { Bills } from "../bill.ts";
import { kindWanted } from "../breakdown.ts";
import type { Ledger } from "../ledger.ts";
import type { Sessions } from "../sessions.ts";
import { dollars } from "../spent.ts";
import { dayOf } from "../used.ts";
import { Words } from "../words.ts";
import { caseOf } from "./case.ts";
import type { Pattern } from "./pattern.ts";
import { RULES } from "./rules.ts";

/** Only the dearest sessions are looked into: what is wasted in others is little. */
const MOST = 40;
/** Nobody should be bothered about less, in nano-dollars. */
const WORTH_SAYING = 50_000_000;
const DAY = 24 * 3_600_000;

/** Another one whenever anything came. */
const STATE =
  "select sum(requests) || ' ' || sum(steps) || ' ' || sum(cost) as state from sums where session = ?";

interface Looked {
  key: number;
  id: string;
  state: string;
}

export type Seen = Pattern & { session: string };

/** What wastes money, by rules that always say the same of the same sessions. */
export class Findings {
  readonly #db: Engine;
  readonly #bills: Bills;
  readonly #sessions: Sessions;
  readonly #ledger: Ledger;
  readonly #prices: Prices;
  readonly #known = new Map<number, { state: string; patterns: Pattern[] }>();

  constructor(db: Engine, bills: Bills, sessions: Sessions, ledger: Ledger, prices: Prices) {
    this.#db = db;
    this.#bills = bills;
    this.#sessions = sessions;
    this.#ledger = ledger;
    this.#prices = prices;
  }

  /** The largest saving first, each beside the days before, as many as these. */
  async of(wanted: BillFilter, worthSaying = WORTH_SAYING): Promise<Finding[]> {
    const now = summed(await this.seen(wanted));
    const former = wanted.from === undefined ? undefined : formerly({ ...wanted, from: wanted.from });
    const before = former && summed(await this.seen(former));
    const found = [...now].map(([id, sum]) =>
      this.#finding(id, sum, trendOf(sum, before && (before.get(id) ?? null))),
    );
    const solved = [...(before ?? [])]
      .filter(([id, { saved }]) => !now.has(id) && saved >= worthSaying)
      .map(([id, sum]) => this.#finding(id, sum, "solved"));
    return [...found, ...solved]
      .filter(({ savedUsd, rule }) => savedUsd * 1e9 >= worthSaying || rule === "overload")
      .sort((a, b) => Number(a.trend === "solved") - Number(b.trend === "solved") || b.savedUsd - a.savedUsd);
  }

  /** Every pattern in the sessions that are asked for. */
  async seen(wanted: BillFilter): Promise<Seen[]> {
    const looked = await this.#looked(wanted);
    const isWanted = kindWanted(wanted, this.#bills.typeOf());
    const spent = await this.#ledger.all();
    const [from, to] = [dayOf(wanted.from) ?? 0, dayOf(wanted.to) ?? Number.POSITIVE_INFINITY];
    const seen: Seen[] = [];
    using words = new Words(this.#db);
    for (const { key, id, state } of looked) {
      let known = this.#known.get(key);
      if (known?.state !== state) {
        await breathe();
        const of = caseOf(this.#db, key, words, this.#prices);
        const patterns = Object.values(RULES).flatMap(rule => rule.find(of, spent.get(key)?.misses ?? []));
        known = { state, patterns };
        this.#known.set(key, known);
      }
      const some = known.patterns.filter(
        ({ day, kinds }) => day >= from && day <= to && (!isWanted || kinds.some(isWanted)),
      );
      seen.push(...together(some).map(pattern => ({ ...pattern, session: id })));
    }
    return seen;
  }

  async #looked(wanted: BillFilter): Promise<Looked[]> {
    const dearest = await this.#bills.dearest(wanted, MOST);
    return dearest.map(({ key, id }) => {
      const { state = "" } = this.#db.get<{ state: string }>(STATE, [key]) ?? {};
      return { key, id, state };
    });
  }

  #finding(id: string, sum: Sum, trend: Finding["trend"]): Finding {
    const { rule, subject, times, saved, worst } = sum;
    const title = this.#sessions.one(worst.session)?.title ?? "";
    return {
      ...{ id, rule, subject, times, trend },
      what: RULES[rule].says({ ...sum, sessions: sum.sessions.size }),
      advice: RULES[rule].advice,
      savedUsd: dollars(Math.round(saved)),
      session: { id: worst.session, title },
      step: worst.step,
    };
  }
}

/** What is of no one step, such as the pauses of a day, is one pattern. */
function together(patterns: Pattern[]): Pattern[] {
  const sums = new Map<string, Pattern>();
  for (const pattern of patterns) {
    const { rule, subject, day, step } = pattern;
    const key = JSON.stringify([rule, subject, day, step]);
    const { times = 0, tokens = 0, saved = 0 } = sums.get(key) ?? {};
    sums.set(key, {
      ...pattern,
      ...{ times: times + pattern.times, tokens: tokens + pattern.tokens, saved: saved + pattern.saved },
    });
  }
  return [...sums.values()];
}

interface Sum {
  rule: FindingRule;
  subject: string;
  times: number;
  tokens: number;
  saved: number;
  sessions: Set<string>;
  worst: Seen;
}

/** The same pattern in several sessions is one finding. */
function summed(seen: Seen[]): Map<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const pattern of seen) {
    const { rule, subject, session } = pattern;
    const id = `${rule} ${subject}`;
    const sum = sums.get(id);
    if (!sum) sums.set(id, { ...pattern, sessions: new Set([session]), worst: pattern });
    else {
      sum.times += pattern.times;
      sum.saved += pattern.saved;
      // Of a file that was read again it is its size, of all else a sum.
      sum.tokens = rule === "reread" ? Math.max(sum.tokens, pattern.tokens) : sum.tokens + pattern.tokens;
      sum.sessions.add(session);
      if (pattern.saved > sum.worst.saved) sum.worst = pattern;
    }
  }
  return sums;
}

/** The same question about the days before, as many. */
function formerly(wanted: BillFilter & { from: string }): BillFilter {
  const start = Date.parse(wanted.from);
  const end = wanted.to === undefined ? Date.now() : Date.parse(wanted.to);
  const days = Math.max(1, Math.round((end - start) / DAY) + 1);
  const date = (at: number) => new Date(at).toISOString().slice(0, 10);
  return { ...wanted, from: date(start - days * DAY), to: date(start - DAY) };
}

function trendOf({ saved }: Sum, before: Sum | null | undefined): Finding["trend"] {
  if (before === undefined) return "same";
  if (before === null) return "new";
  return saved < before.saved / 2 ? "better" : "same";
}
