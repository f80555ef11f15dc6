import type { Case } from "./case.ts";
import { costWith, grouped, type Pattern } from "./pattern.ts";

/** So many requests with so much in their context are a long tail; a fresh start would have carried so little. */
const LONG_TAIL = 20;
const FULL = 150_000;
const FRESH = 60_000;

/** Work that went on for long with a context that was nearly full. */
export function full(of: Case): Pattern[] {
  const heavy = of.requests.filter(({ tokens }) => tokens.cacheRead + tokens.input > FULL);
  return [...grouped(heavy, request => request.agent).values()].flatMap(tail => {
    const last = tail.at(-1);
    if (!last || tail.length < LONG_TAIL) return [];
    const saved = tail.reduce((sum, request) => {
      const fresh = Math.min(request.tokens.cacheRead, FRESH);
      return sum + request.cost - costWith(of, request, { cacheRead: fresh });
    }, 0);
    const kinds = tail.flatMap(request => request.kinds);
    const about = { rule: "full", subject: "", times: tail.length, tokens: FULL } as const;
    return [{ ...about, saved, day: last.day, kinds, step: null }];
  });
}
