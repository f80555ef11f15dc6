import type { Prices } from "../clean/prices.ts";
import type { Asked } from "./misses.ts";

/** A web search costs this much, in pico-dollars like the rates. */
const WEB_SEARCH = 1e10;

/**
 * What each bucket of a request cost, in whole nano-dollars that add up to what it cost in all. Where telemetry said
 * that, or nobody knows the price, it is shared out as the list prices, or the tokens, would have it.
 */
export function bucketCosts({ model, tokens, at }: Asked, cost: number, prices: Prices): number[] {
  const rates = prices.rates(model, tokens, at)?.rates;
  const { input, output, cacheRead, cacheWrite5m, cacheWrite1h, webSearches } = tokens;
  const factor = tokens.geo === "us" ? 1.1 : 1;
  const parts = [
    input * (rates?.input ?? 1) * factor,
    output * (rates?.output ?? 1) * factor,
    cacheRead * (rates?.cacheRead ?? 1) * factor,
    cacheWrite5m * (rates?.cacheWrite5m ?? 1) * factor,
    cacheWrite1h * (rates?.cacheWrite1h ?? 1) * factor,
    webSearches * WEB_SEARCH,
  ];
  const whole = parts.reduce((sum, part) => sum + part, 0);
  const costs = parts.map(part => (whole > 0 ? Math.floor((part / whole) * cost) : 0));
  // Of billionths that nothing is the whole of, the dearest has what is left.
  const dearest = parts.indexOf(Math.max(...parts));
  costs[dearest] = cost - costs.reduce((sum, part, i) => (i === dearest ? sum : sum + part), 0);
  return costs;
}
