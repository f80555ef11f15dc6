/** The tokens of requests; `input` without what was read from or written to the cache. */
export interface Tokens {
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite5m: number;
  cacheWrite1h: number;
}

/**
 * Nano-dollars per token, as Claude Code bills them. All of these models are also in the offline prices of ccusage
 * 20.0.24, which does not know those after them, and none is priced by the size of its prompt.
 */
const PRICES = {
  "claude-opus-5": opus(),
  "claude-opus-4-8": opus(),
  "claude-opus-4-5-20251101": opus(),
  "claude-sonnet-5": { input: 2000, output: 10_000, cacheRead: 200, cacheWrite5m: 2500, cacheWrite1h: 4000 },
  "claude-sonnet-4-5-20250929": {
    ...{ input: 3000, output: 15_000, cacheRead: 300, cacheWrite5m: 3750, cacheWrite1h: 6000 },
  },
  "claude-haiku-4-5-20251001": {
    ...{ input: 1000, output: 5000, cacheRead: 100, cacheWrite5m: 1250, cacheWrite1h: 2000 },
  },
} satisfies Record<string, Tokens>;

export type Model = keyof typeof PRICES;

function opus(): Tokens {
  return { input: 5000, output: 25_000, cacheRead: 500, cacheWrite5m: 6250, cacheWrite1h: 10_000 };
}

export const KINDS = ["input", "output", "cacheRead", "cacheWrite5m", "cacheWrite1h"] as const;

/** In nano-dollars: whole numbers, so that sums come out the same in any order. */
function costOf(model: Model, tokens: Tokens): number {
  return KINDS.reduce((sum, kind) => sum + tokens[kind] * PRICES[model][kind], 0);
}

export type Spent = Tokens & { requests: number; cost: number };

/** What was spent, by model. */
export class Ledger {
  readonly models: Partial<Record<Model, Spent>> = {};

  add(model: Model, tokens: Tokens): void {
    this.models[model] ??= {
      ...{ requests: 0, input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, cost: 0 },
    };
    const spent = this.models[model];
    for (const kind of KINDS) spent[kind] += tokens[kind];
    spent.requests++;
    spent.cost += costOf(model, tokens);
  }

  get cost(): number {
    return Object.values(this.models).reduce((sum, { cost }) => sum + cost, 0);
  }
}

/** What a session came to. */
export class Account extends Ledger {
  readonly lines = { added: 0, removed: 0 };

  edit({ added, removed }: { added: number; removed: number }): void {
    this.lines.added += added;
    this.lines.removed += removed;
  }
}
