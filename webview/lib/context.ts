import type { ModelRequest } from "../../extension/protocol.ts";
import { contextOf, type Filled, fillersOf } from "./fillers.ts";
import type { Story } from "./story.ts";

/** How full the context was when a request was made, and about what of. */
export interface Fill {
  at: number;
  tokens: number;
  /** What of it came from the cache. */
  cached: number;
  by: Filled;
}

/** The window at each of the main thread's requests. */
export function fillsOf(story: Pick<Story, "session" | "steps">): Fill[] {
  const fillers = fillersOf(story);
  return story.session.requests.flatMap((request: ModelRequest): Fill[] => {
    const by = fillers.get(request.id);
    return by ? [{ at: request.at, tokens: contextOf(request), cached: request.tokens.cacheRead, by }] : [];
  });
}

/** Thinned out so that no more than about `most` are drawn; falls stay. */
export function thinned(fills: Fill[], most = 300): Fill[] {
  if (fills.length <= most) return fills;
  const every = Math.ceil(fills.length / most);
  const falls = (i: number) => (fills[i]?.tokens ?? 0) < 0.7 * (fills[i - 1]?.tokens ?? 0);
  return fills.filter((_, i) => i % every === 0 || falls(i) || falls(i + 1) || i === fills.length - 1);
}

/** How much fits into the window of a model, as far as can be told from what was in it. */
export function windowOf(fills: Fill[]): number {
  return fills.some(fill => fill.tokens > 200_000) ? 1_000_000 : 200_000;
}
