import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findProvider } from "@pydantic/genai-prices";
import { describe, expect, test } from "vitest";
import { OWN_PRICES } from "../../../extension/clean/own-prices.ts";
import { listed, Prices, periodsOf, type Tokens } from "../../../extension/clean/prices.ts";
import providers from "../../../extension/clean/providers.json" with { type: "json" };

const NONE: Tokens = { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, webSearches: 0 };
const KINDS = ["input", "output", "cacheWrite5m", "cacheWrite1h", "cacheRead"] as const;
const TODAY = "2026-11-21";
const DOLLAR = 1e9;

function cost(model: string, tokens: Partial<Tokens>, day = TODAY, prices = new Prices()) {
  return prices.cost(model, { ...NONE, ...tokens }, Date.parse(day));
}

/** Dollars per million tokens, as nano-dollars for so many tokens of each kind. */
function expectRates(model: string, rates: number[], tokens: number) {
  const costs = KINDS.map(kind => cost(model, { [kind]: tokens }));
  expect(costs).toEqual(rates.map(rate => Math.round(rate * 1000) * tokens));
}

const FLAT: [rates: number[], models: string[]][] = [
  [
    [4, 20, 5, 8, 0.2],
    ["claude-opus-5-5", "claude-opus-5-5[1m]", "claude-opus-5-5-20260901"],
  ],
  [
    [5, 25, 6.25, 10, 0.5],
    [
      ...["claude-opus-4-5", "claude-opus-4-5-20251101", "claude-opus-4-6", "claude-opus-4-7"],
      ...["claude-opus-4-8", "claude-opus-4-8[1m]", "claude-opus-5"],
    ],
  ],
  [
    [15, 75, 18.75, 30, 1.5],
    [
      ...["claude-opus-4", "claude-opus-4-0", "claude-opus-4-20250514"],
      ...["claude-opus-4-1", "claude-opus-4-1-20250805"],
    ],
  ],
  [
    [3, 15, 3.75, 6, 0.3],
    [
      ...["claude-3-5-sonnet-20241022", "claude-3-7-sonnet-20250219", "claude-sonnet-4-20250514"],
      ...["claude-sonnet-4-5-20250929", "claude-sonnet-4-5", "claude-sonnet-4-6"],
      "claude-sonnet-4-20250514[1m]",
    ],
  ],
  [[2, 10, 2.5, 4, 0.2], ["claude-sonnet-5"]],
  [[2, 10, 2.5, 4, 0.1], ["claude-sonnet-5-5"]],
  [[0.8, 4, 1, 1.6, 0.08], ["claude-3-5-haiku-20241022"]],
  [
    [1, 5, 1.25, 2, 0.1],
    ["claude-haiku-4-5", "claude-haiku-4-5-20251001"],
  ],
  [[10, 50, 12.5, 20, 1], ["claude-fable-5"]],
  [[10, 50, 12.5, 20, 0.25], ["claude-fable-5-1"]],
  [[8, 40, 10, 16, 0.2], ["claude-fable-5-2"]],
];

describe.each(FLAT)("in, out, 5m, 1h, read: %j", (rates, models) => {
  test.each(models)("%s, whatever the prompt's size", model => {
    expectRates(model, rates, 1);
    expectRates(model, rates, 1_000_000);
  });
});

test.each<[model: string, tokens: Partial<Tokens>, day: string, nanoDollars: number]>([
  ["claude-opus-5-5", { input: 3 }, TODAY, 12_000],
  ["claude-opus-5-5", {}, TODAY, 0],
  ["claude-opus-5-5", { webSearches: 3 }, TODAY, 30_000_000],
  ["claude-opus-5-5", { input: 1, geo: "us" }, TODAY, 4_400],
  ["claude-opus-5-5", { input: 1, geo: "us", webSearches: 1 }, TODAY, 10_004_400],
  ["claude-opus-5-5", { input: 1, geo: "not_available" }, TODAY, 4_000],
  ["claude-opus-5-5", { input: 1 }, "2020-01-01", 4_000],
  ["claude-haiku-5-5", { input: 100_000 }, TODAY, 10_000_000],
  ["claude-haiku-5-5", { input: 100_001 }, TODAY, 50_000_500],
  ["claude-haiku-5-5", { input: 1, cacheRead: 99_999, output: 9 }, TODAY, 1_004_590],
  ["claude-haiku-5-5", { input: 1, cacheRead: 100_000, output: 9 }, TODAY, 5_023_000],
  ["claude-haiku-5-5", { cacheWrite5m: 50_000, cacheWrite1h: 50_001 }, TODAY, 81_251_000],
  ["claude-haiku-5-5", { output: 200_000 }, TODAY, 100_000_000],
  ["claude-opus-4-6", { input: 200_000 }, "2026-03-12", 1_000_000_000],
  ["claude-opus-4-6", { input: 200_001 }, "2026-03-12", 2_000_010_000],
  ["claude-opus-4-6", { input: 200_001 }, "2026-03-13", 1_000_005_000],
  ["claude-sonnet-4-6", { input: 1, cacheWrite1h: 200_000 }, "2026-03-12T23:59:59.999Z", 2_400_006_000],
  ["claude-sonnet-4-6", { input: 1, cacheWrite1h: 200_000 }, "2026-03-13T00:00:00Z", 1_200_003_000],
])("%s, %j on %s: %d", (model, tokens, day, nanoDollars) =>
  expect(cost(model, tokens, day)).toBe(nanoDollars),
);

test.each([
  "<synthetic>",
  "",
  "gpt-5-dream",
  "constructor",
  "__proto__",
  "claude-opus-5-6",
  "claude-sonnet-5-6",
  "claude-haiku-4-5-preview",
  "claude-haiku-4-5-20251001-v2",
  "my-claude-opus-5-5",
])("%j has no price, not even that of a model whose name begins alike", model =>
  expect(cost(model, { input: 1000, webSearches: 1 })).toBeUndefined(),
);

const RATES = { input: 1, output: 2, cacheRead: 3, cacheWrite5m: 4, cacheWrite1h: 5 };
const ALL = { input: 1, output: 1, cacheRead: 1, cacheWrite5m: 1, cacheWrite1h: 1 };

test.each<
  [what: string, overrides: object, model: string, tokens: Partial<Tokens>, cost: number | undefined]
>([
  ["all of a model", { "claude-opus-5-5": RATES }, "claude-opus-5-5", ALL, 15_000],
  ["of its dated id", { "claude-opus-5-5": RATES }, "claude-opus-5-5-20260901[1m]", ALL, 15_000],
  ["not of others", { "claude-opus-5": RATES }, "claude-opus-5-5", { input: 1 }, 4_000],
  ["the rest stays", { "claude-opus-5-5": { output: 1 } }, "claude-opus-5-5", ALL, 18_200],
  [
    "the very id first",
    { "claude-opus-5-5": RATES, "claude-opus-5-5[1m]": { input: 9 } },
    "claude-opus-5-5[1m]",
    { input: 1 },
    9_000,
  ],
  ["in each tier", { "claude-haiku-5-5": { output: 7 } }, "claude-haiku-5-5", { input: 1, output: 1 }, 7_100],
  ["free", { local: { input: 0, output: 0 } }, "local", ALL, 0],
  ["the cache follows input", { local: { input: 10, output: 1 } }, "local", ALL, 44_500],
  ["the cache, when said", { local: { input: 10, output: 1, cacheRead: 0 } }, "local", ALL, 43_500],
  ["half a price is none", { local: { input: 10 } }, "local", ALL, undefined],
  ["nor one without input", { local: { output: 10, cacheRead: 1 } }, "local", ALL, undefined],
  ["nonsense is left out", { "claude-opus-5-5": { input: "9", output: -1 } }, "claude-opus-5-5", ALL, 37_200],
  ["nothing", { "claude-opus-5-5": null }, "claude-opus-5-5", ALL, 37_200],
])("a user's price: %s", (_, overrides, model, tokens, expected) =>
  expect(cost(model, tokens, TODAY, new Prices({ ...overrides }))).toBe(expected),
);

test("is rounded once per request, and does not drift", () => {
  const halves = new Prices({ half: { input: 0.0005, output: 0.0004 } });
  const rounded = [
    { input: 1 },
    { input: 2 },
    { input: 3 },
    { output: 1 },
    { output: 2 },
    { input: 1, output: 1 },
  ];
  expect(rounded.map(tokens => cost("half", tokens, TODAY, halves))).toEqual([1, 1, 2, 0, 1, 1]);
  const odd = {
    input: 7,
    output: 1_000_003,
    cacheRead: 999_983,
    cacheWrite5m: 100_003,
    cacheWrite1h: 33_331,
  };
  const exact =
    (7n * 2000n + 1_000_003n * 10_000n + 999_983n * 100n + 100_003n * 2500n + 33_331n * 4000n) * 11n;
  expect(exact % 10n).toBe(0n);
  expect(cost("claude-sonnet-5-5", { ...odd, geo: "us" })).toBe(Number(exact / 10n));
});

test.each<[string, Partial<Tokens>, number]>([
  ["gpt-4o", { input: 100_000, output: 1000 }, 0.26],
  ["gpt-4o-2024-05-13", { input: 100_000 }, 0.5], // which has a row of its own
  ["gpt-5-2025-08-07", { output: 1000 }, 0.01],
  ["gemini-2.5-pro", { input: 200_001 }, 0.5000025],
  ["mistral-large-latest", { output: 1000 }, 0.006],
  ["command-a", { output: 1000 }, 0.01],
])("%s of another provider, %j: $%d", (model, tokens, dollars) =>
  expect(cost(model, tokens)).toBe(Math.round(dollars * DOLLAR)),
);

test.each(Object.entries(OWN_PRICES))("our own price of %s is still needed", (model, row) => {
  const known = listed(model);
  expect(known && periodsOf(known), "drop this row: the package knows it now").not.toEqual(periodsOf(row));
});

test.each(providers)("the package's prices of %s change by day only", providerId => {
  const models = findProvider({ providerId })?.models ?? [];
  expect(models.length).toBeGreaterThan(5);
  const constraints = models.flatMap(({ prices }) => (Array.isArray(prices) ? prices : []));
  for (const { constraint } of constraints) expect(constraint?.type).toBeOneOf([undefined, "start_date"]);
});

test("the package's models of Claude are found by their names", () => {
  const models = findProvider({ providerId: "anthropic" })?.models ?? [];
  expect(models.map(({ id }) => listed(id))).toEqual(models.map(({ prices }) => prices));
});

const CAPTURES = join(import.meta.dirname, "../../fixtures/captures");

describe("what the real client billed, to the nano-dollar", () => {
  test.each(readdirSync(CAPTURES))("%s", name => {
    const { cost } = JSON.parse(readFileSync(join(CAPTURES, name, "expected.json"), "utf8"));
    const prices = new Prices();
    const sum = responsesIn(join(CAPTURES, name, "projects"))
      .map(({ message, timestamp }) =>
        prices.cost(message.model, tokensOf(message.usage), Date.parse(timestamp)),
      )
      .reduce<number>((sum, cost) => sum + (cost ?? Number.NaN), 0);
    expect(sum).toBe(Math.round(cost.transcript_dedup_total_usd * DOLLAR));
    if (cost.transcript_reproduces_oracle) expect(sum).toBe(Math.round(cost.oracle_new_spend_usd * DOLLAR));
  });
});

interface Response {
  type: string;
  timestamp: string;
  message: { id: string; model: string; usage: Usage };
}

interface Usage {
  input_tokens: number;
  output_tokens: number;
  cache_read_input_tokens?: number;
  cache_creation_input_tokens?: number;
  cache_creation?: { ephemeral_1h_input_tokens: number };
  server_tool_use?: { web_search_requests: number };
  inference_geo?: string;
}

/** Each answer of the model once; a transcript repeats its id with growing numbers. */
function responsesIn(folder: string): Response[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(file =>
    file.endsWith(".jsonl"),
  );
  const lines = files.flatMap(file => readFileSync(join(folder, file), "utf8").split("\n")).filter(Boolean);
  const best = new Map<string, Response>();
  for (const line of lines.map(line => JSON.parse(line) as Response)) {
    if (line.type !== "assistant" || line.message.model === "<synthetic>") continue;
    const before = best.get(line.message.id)?.message.usage.output_tokens ?? -1;
    if (line.message.usage.output_tokens > before) best.set(line.message.id, line);
  }
  return [...best.values()];
}

function tokensOf(usage: Usage): Tokens {
  const written = usage.cache_creation_input_tokens ?? 0;
  const cacheWrite1h = Math.min(usage.cache_creation?.ephemeral_1h_input_tokens ?? 0, written);
  return {
    input: usage.input_tokens,
    output: usage.output_tokens,
    cacheRead: usage.cache_read_input_tokens ?? 0,
    cacheWrite5m: written - cacheWrite1h,
    cacheWrite1h,
    webSearches: usage.server_tool_use?.web_search_requests ?? 0,
    ...(usage.inference_geo === undefined ? {} : { geo: usage.inference_geo }),
  };
}
