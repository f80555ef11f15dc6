import type { MissCause } from "../bill.ts";
import type { Prices, Tokens } from "../clean/prices.ts";

/** A request as far as its cache is concerned. */
export interface Asked {
  at: number;
  model: string;
  tokens: Tokens;
}

export interface Miss {
  cause: MissCause;
  tokens: number;
  /** In nano-dollars. */
  cost: number;
}

const FIVE_MINUTES = 300_000;
const HOUR = 3_600_000;
/** The service caches nothing shorter. */
const SHORTEST = 1024;

/**
 * What a request paid again that the one before it, of the same session and agent, had left in the cache. Its price
 * is the difference to the same request with those tokens read from the cache.
 */
export function missOf(before: Asked, asked: Asked, compacted: boolean, prices: Prices): Miss | undefined {
  const { tokens } = asked;
  const held = before.tokens.cacheRead + before.tokens.cacheWrite5m + before.tokens.cacheWrite1h;
  const again = tokens.cacheWrite5m + tokens.cacheWrite1h + tokens.input;
  const missed = Math.min(held - tokens.cacheRead, again);
  if (missed < SHORTEST) return undefined;
  const cause = causeOf(before, asked, compacted);
  const best = { ...tokens, cacheRead: tokens.cacheRead + missed };
  let left = missed;
  for (const bucket of ["cacheWrite5m", "cacheWrite1h", "input"] as const) {
    const taken = Math.min(left, best[bucket]);
    best[bucket] -= taken;
    left -= taken;
  }
  const paid = prices.cost(asked.model, tokens, asked.at);
  const could = prices.cost(asked.model, best, asked.at);
  const cost = paid === undefined || could === undefined ? 0 : Math.max(0, paid - could);
  return { cause, tokens: missed, cost };
}

function causeOf(before: Asked, asked: Asked, compacted: boolean): MissCause {
  if (compacted) return "compaction";
  // Each model has a cache of its own.
  if (before.model !== asked.model) return "model";
  const kept = before.tokens.cacheWrite1h > 0 ? HOUR : FIVE_MINUTES;
  return asked.at - before.at > kept ? "expired" : "prefix";
}
