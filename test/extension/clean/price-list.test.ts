import { findProvider } from "@pydantic/genai-prices";
import { expect, test } from "vitest";
import { fingerprint, PACKAGED, readPriceList } from "../../../extension/clean/price-list.ts";
import { Prices } from "../../../extension/clean/prices.ts";
import { providersWith } from "../prices.ts";

const tokens = { input: 1000, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, webSearches: 0 };
const at = Date.parse("2026-11-20T10:00:00Z");

test("the package's own list is read as the package has it", () => {
  const ids = ["anthropic", "openai", "google", "mistral", "cohere"];
  const all = [{ id: "avian", models: [{}] }, ...ids.map(providerId => findProvider({ providerId }))];
  const [read, packaged] = [new Prices({}, readPriceList(JSON.stringify(all))), new Prices()];
  const costs = (prices: Prices) => PACKAGED.map(({ id }) => [id, prices.cost(id, tokens, at)]);
  expect(PACKAGED.length).toBeGreaterThan(100);
  expect(costs(read)).toEqual(costs(packaged));
});

test("a new model and a new price count, from their day on", () => {
  const dated = [
    { prices: { input_mtok: 2, output_mtok: 4 } },
    { constraint: { start_date: "2026-11-01" }, prices: { input_mtok: 1, output_mtok: 4 } },
  ];
  const model = { id: "claude-dream-6", match: { or: [{ starts_with: "claude-dream-6" }] }, prices: dated };
  const prices = new Prices({}, readPriceList(providersWith(model)));
  expect(prices.cost("claude-dream-6-20261001", tokens, at)).toBe(1_000_000);
  expect(prices.cost("claude-dream-6", tokens, Date.parse("2026-10-20"))).toBe(2_000_000);
});

test("lists are told apart by what they say", () => {
  expect(fingerprint(readPriceList(providersWith()))).toBe(fingerprint(readPriceList(providersWith())));
  const other = { id: "x", match: { equals: "x" }, prices: {} };
  expect(fingerprint(readPriceList(providersWith(other)))).not.toBe(
    fingerprint(readPriceList(providersWith())),
  );
});

const match = { equals: "m" };
test.each<[string, unknown, RegExp]>([
  ["a price that is a text", { id: "m", match, prices: { input_mtok: "3" } }, /a price of m is no amount/],
  ["a price below nothing", { id: "m", match, prices: { input_mtok: -3 } }, /is no amount/],
  ["a price beyond all reason", { id: "m", match, prices: { output_mtok: 3e6 } }, /is no amount/],
  [
    "a tier that begins nowhere",
    { id: "m", match, prices: { input_mtok: { base: 1, tiers: [{ start: -1, price: 1 }] } } },
    /begins nowhere/,
  ],
  [
    "a day that is none",
    { id: "m", match, prices: [{ constraint: { start_date: "soon" }, prices: {} }] },
    /has no date/,
  ],
  ["no prices", { id: "m", match }, /m has no prices/],
  ["no name", { match, prices: {} }, /a model has no name/],
  ["no way to know it", { id: "m", match: {}, prices: {} }, /nobody can tell which model m is/],
])("%s is refused with all of the list", (_, model, why) => {
  expect(() => readPriceList(providersWith(model))).toThrow(why);
});

test.each([
  ["<html>", /no JSON/],
  ["{}", /a list is missing/],
  ["[]", /a list is missing/],
])("%s is no list", (text, why) => expect(() => readPriceList(text)).toThrow(why));
