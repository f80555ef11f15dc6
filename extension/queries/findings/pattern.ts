import type { FindingRule } from "../../bill.ts";
import type { Whose } from "../cells.ts";
import type { Case, Request } from "./case.ts";

/** Something wasteful that was seen in one session. */
export interface Pattern {
  rule: FindingRule;
  /** What it is about; nothing when it is about the session itself. */
  subject: string;
  times: number;
  /** How many tokens it is about, where that says something. */
  tokens: number;
  /** What it could have saved, in nano-dollars. */
  saved: number;
  day: number;
  /** What it is made of: it is asked for by any of that. */
  kinds: Whose[];
  /** Where to look. */
  step: string | null;
}

/** What a request would have cost with other tokens, in nano-dollars. */
export function costWith(of: Case, { model, tokens, at }: Request, other: Partial<typeof tokens>): number {
  return of.prices.cost(model, { ...tokens, ...other }, at) ?? 0;
}

/** What text costs that comes into the context after a time: written once, then read again with every request. */
export function carried(of: Case, agent: string, after: number, tokens: number): number {
  const later = of.requests.filter(request => request.agent === agent && request.at > after);
  return later.reduce((sum, request, i) => {
    const rates = of.prices.rates(request.model, request.tokens, request.at)?.rates;
    return sum + (rates ? (tokens * (i === 0 ? rates.cacheWrite5m : rates.cacheRead)) / 1000 : 0);
  }, 0);
}

/** Entries by a name, in their order; those without one are left out. */
export function grouped<T>(entries: T[], name: (entry: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const entry of entries) {
    const key = name(entry);
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return groups;
}
