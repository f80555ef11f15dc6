import type { ModelRequest, Session } from "../../extension/protocol.ts";

/** How full the context was when a request was made. */
export interface Fill {
  at: number;
  tokens: number;
  /** What of it came from the cache. */
  cached: number;
}

/** The main thread's requests, thinned out so that no more than `most` are drawn; jumps stay. */
export function fillsOf({ requests }: Pick<Session, "requests">, most = 300): Fill[] {
  const fills = requests
    .filter(request => request.agentId === null)
    .map(fillOf)
    .filter(fill => fill.tokens > 0);
  if (fills.length <= most) return fills;
  const every = Math.ceil(fills.length / most);
  const falls = (i: number) => (fills[i]?.tokens ?? 0) < 0.7 * (fills[i - 1]?.tokens ?? 0);
  return fills.filter((_, i) => i % every === 0 || falls(i) || falls(i + 1) || i === fills.length - 1);
}

function fillOf({ at, tokens }: ModelRequest): Fill {
  const { input, cacheRead, cacheWrite5m, cacheWrite1h } = tokens;
  return { at, tokens: input + cacheRead + cacheWrite5m + cacheWrite1h, cached: cacheRead };
}

/** How much fits into the window of a model, as far as can be told from what was in it. */
export function windowOf(fills: Fill[]): number {
  return fills.some(fill => fill.tokens > 200_000) ? 1_000_000 : 200_000;
}
