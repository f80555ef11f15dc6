import type { MatchLogic, ModelInfo, ModelPrice } from "@pydantic/genai-prices";
import { OWN_PRICES } from "./own-prices.ts";
import { PACKAGED, type PriceList } from "./price-list.ts";

/** The tokens of one request; `input` without what was read from or written to the cache. */
export interface Tokens {
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite5m: number;
  cacheWrite1h: number;
  webSearches: number;
  geo?: string | undefined;
}

/** In dollars per million tokens; in pico-dollars per token once it is known to be whole. */
export type Price = Record<"input" | "output" | "cacheRead" | "cacheWrite5m" | "cacheWrite1h", number>;

/** Prices from a moment on, by the size of the prompt: the last tier that the prompt is above counts. */
interface Period {
  from: number;
  tiers: { above: number; rates: Price }[];
}

/** How the price package names the rates. */
const PACKAGE_KEYS = [
  ["input", "input_mtok"],
  ["output", "output_mtok"],
  ["cacheRead", "cache_read_mtok"],
  ["cacheWrite5m", "cache_write_mtok"],
  ["cacheWrite1h", "cache_write_1h_mtok"],
] as const;

const NANO_DOLLARS_PER_WEB_SEARCH = 10_000_000;

/** What tokens cost, in nano-dollars. The only place that knows it. */
export class Prices {
  readonly #overrides: Map<string, Partial<Price>>;
  readonly #list: PriceList;
  readonly #known = new Map<string, Period[]>();

  /** A user's own prices, by model; what they leave out stays as it is. The list is a newer one than the package's. */
  constructor(overrides: Record<string, Partial<Price>> = {}, list: PriceList = PACKAGED) {
    this.#overrides = new Map(Object.entries(overrides));
    this.#list = list;
  }

  /** All that is known of prices, so that a change of it can be told. */
  static list(list: PriceList = PACKAGED): string {
    return JSON.stringify([list, OWN_PRICES]);
  }

  /** What one request cost; undefined when the model has no price. */
  cost(model: string, tokens: Tokens, at: number): number | undefined {
    const { input, output, cacheRead, cacheWrite5m, cacheWrite1h } = tokens;
    const rates = this.rates(model, tokens, at)?.rates;
    if (!rates) return undefined;
    const picoDollars =
      input * rates.input +
      output * rates.output +
      cacheRead * rates.cacheRead +
      cacheWrite5m * rates.cacheWrite5m +
      cacheWrite1h * rates.cacheWrite1h;
    // Requests kept within the US cost a tenth more. All numbers are whole until here, so nothing drifts.
    const tenths = tokens.geo === "us" ? 11 : 10;
    return Math.round((picoDollars * tenths) / 10_000) + tokens.webSearches * NANO_DOLLARS_PER_WEB_SEARCH;
  }

  /** What a request was priced at, and since when that is the price, or ever when nobody says. */
  rates(model: string, tokens: Tokens, at: number): { rates: Price; from: number | undefined } | undefined {
    const prompt = tokens.input + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h;
    const period = this.#periods(model).findLast(period => period.from <= at);
    const rates = period?.tiers.findLast(tier => tier.above < prompt)?.rates;
    return rates && { rates, from: Number.isFinite(period?.from) ? period?.from : undefined };
  }

  #periods(model: string): Period[] {
    const known = this.#known.get(model);
    if (known) return known;
    const name = model.replace(/\[1m\]$/, "").replace(/-20\d\d(-?)\d\d\1\d\d$/, "");
    const override = this.#overrides.get(model) ?? this.#overrides.get(name);
    const row = OWN_PRICES[name] ?? listed(model, this.#list) ?? listed(name, this.#list) ?? {};
    const periods = periodsOf(row, ratesIn(override));
    this.#known.set(model, periods);
    return periods;
  }
}

/**
 * What the list says of a model. Only a row that has this very name counts: the package also goes by how a name
 * begins, and so takes a new model for an older one. Should two providers have one of a name, the first counts.
 */
export function listed(name: string, list: PriceList = PACKAGED): ModelInfo["prices"] | undefined {
  return list.find(model => model.id === name || isNamed(model.match, name))?.prices;
}

function isNamed(match: MatchLogic, name: string): boolean {
  if ("or" in match) return match.or.some(part => isNamed(part, name));
  if ("equals" in match) return match.equals === name;
  return "starts_with" in match && match.starts_with === name;
}

/** The prices of a row, oldest first, with a user's own in their place. */
export function periodsOf(row: ModelInfo["prices"], override: Partial<Price> = {}): Period[] {
  const dated = Array.isArray(row) ? row : [{ prices: row }];
  return dated.map(({ constraint, prices }, index) => ({
    // What is older than the oldest price is priced like it.
    from: index > 0 && constraint?.type === "start_date" ? Date.parse(constraint.start_date) : -Infinity,
    tiers: tiersOf(prices, override),
  }));
}

function tiersOf(prices: ModelPrice, override: Partial<Price>): Period["tiers"] {
  const steps = Object.values(prices).flatMap(rate => (typeof rate === "object" ? rate.tiers : []));
  const starts = [...new Set([-1, ...steps.map(step => step.start)])].sort((a, b) => a - b);
  return starts.flatMap(above => {
    const rates = complete({ ...ratesAbove(above, prices), ...override });
    return rates ? [{ above, rates }] : [];
  });
}

/** The rates for prompts of more tokens than this. */
function ratesAbove(start: number, prices: ModelPrice): Partial<Price> {
  const rates = PACKAGE_KEYS.map(([name, key]) => {
    const rate = prices[key];
    if (typeof rate !== "object") return [name, rate];
    return [name, rate.tiers.findLast(tier => tier.start <= start)?.price ?? rate.base];
  });
  return ratesIn(Object.fromEntries(rates));
}

/** The rates that are there: a user's settings can hold anything. */
function ratesIn(price: Partial<Price> | undefined): Partial<Price> {
  const rates = Object.entries(price ?? {}).filter(([, rate]) => Number.isFinite(rate) && rate >= 0);
  return Object.fromEntries(rates);
}

/** All rates in pico-dollars per token; those of the cache follow from that of input when nobody says them. */
function complete({ input, output, ...cache }: Partial<Price>): Price | undefined {
  if (input === undefined || output === undefined) return undefined;
  const derived = { cacheRead: input * 0.1, cacheWrite5m: input * 1.25, cacheWrite1h: input * 2 };
  const rates = Object.entries({ input, output, ...derived, ...cache });
  return Object.fromEntries(rates.map(([name, rate]) => [name, Math.round(rate * 1e6)])) as Price;
}
