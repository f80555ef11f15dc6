import { createHash } from "node:crypto";
import { findProvider, type MatchLogic, type ModelInfo, type ModelPrice } from "@pydantic/genai-prices";
import { ExpectedError } from "../base/expected-error.ts";
import { isObject, type Json } from "./json.ts";
import providers from "./providers.json" with { type: "json" };

/** What models cost, as the price package says it; the first of a name counts. */
export type PriceList = Pick<ModelInfo, "id" | "match" | "prices">[];

/** Of all providers that have models of their own. */
export const PACKAGED: PriceList = providers.flatMap(providerId =>
  (findProvider({ providerId })?.models ?? []).map(({ id, match, prices }) => ({ id, match, prices })),
);

/** By which a list is told from another. */
export function fingerprint(list: PriceList): string {
  return createHash("sha1").update(JSON.stringify(list)).digest("base64url");
}

/** In dollars per million tokens: more is surely a mistake. */
const DEAREST = 10_000;
const LONGEST = 200;
const MOST = 100;
/** Fewer models than this are not the list, whatever they are. */
const FEWEST = 10;

/** The list in a text from elsewhere; throws when any of it is not as it has to be. */
export function readPriceList(text: string): PriceList {
  const all = parsed(text);
  const list = providers.flatMap(id => {
    const models = all.find(provider => isObject(provider) && provider.id === id)?.models;
    return listOf(models).map(readModel);
  });
  if (list.length < FEWEST) throw wrong("it has hardly any models");
  return list;
}

function parsed(text: string): Json[] {
  try {
    return listOf(JSON.parse(text)) as Json[];
  } catch (error) {
    throw error instanceof ExpectedError ? error : wrong("it is no JSON");
  }
}

function readModel(value: unknown): PriceList[number] {
  const { id, match, prices } = isObject(value) ? value : {};
  if (!isName(id)) throw wrong("a model has no name");
  const rows = Array.isArray(prices) ? prices.map(row => readDated(row, id)) : readPrices(prices, id);
  return { id, match: readMatch(match, id), prices: rows };
}

function readMatch(value: unknown, model: string, depth = 0): MatchLogic {
  const [[name, what] = [], ...more] = Object.entries(isObject(value) ? value : {});
  if (more.length === 0 && name === "or" && depth < 3)
    return { or: listOf(what).map(part => readMatch(part, model, depth + 1)) };
  // Only whole names count for us, however else the package knows models.
  if (more.length === 0 && (name === "equals" || name === "starts_with") && isName(what))
    return name === "equals" ? { equals: what } : { starts_with: what };
  if (name === undefined) throw wrong(`nobody can tell which model ${model} is`);
  return { or: [] };
}

type Dated = Exclude<ModelInfo["prices"], ModelPrice>[number];

function readDated(value: unknown, model: string): Dated {
  const { constraint, prices } = isObject(value) ? value : {};
  const { start_date } = isObject(constraint) ? constraint : {};
  const row = { prices: readPrices(prices, model) };
  if (typeof start_date !== "string") return row;
  if (!/^\d{4}-\d\d-\d\d$/.test(start_date) || Number.isNaN(Date.parse(start_date)))
    throw wrong(`a price of ${model} has no date`);
  return { ...row, constraint: { type: "start_date", start_date } };
}

const RATES = ["input_mtok", "output_mtok", "cache_read_mtok", "cache_write_mtok", "cache_write_1h_mtok"];

function readPrices(value: unknown, model: string): ModelPrice {
  if (!isObject(value)) throw wrong(`${model} has no prices`);
  const known = RATES.filter(name => value[name] !== undefined && value[name] !== null);
  return Object.fromEntries(known.map(name => [name, readRate(value[name], model)]));
}

function readRate(value: unknown, model: string): ModelPrice[string] {
  if (!isObject(value)) return rate(value, model);
  const tiers = listOf(value.tiers).map(tier => {
    const { start, price } = isObject(tier) ? tier : {};
    if (!Number.isSafeInteger(start) || Number(start) < 0) throw wrong(`a price of ${model} begins nowhere`);
    return { start: Number(start), price: rate(price, model) };
  });
  return { base: rate(value.base, model), tiers: tiers.sort((a, b) => a.start - b.start) };
}

function rate(value: unknown, model: string): number {
  if (typeof value === "number" && value >= 0 && value <= DEAREST) return value;
  throw wrong(`a price of ${model} is no amount`);
}

function listOf(value: unknown): unknown[] {
  if (Array.isArray(value) && value.length <= 10 * MOST) return value;
  throw wrong("a list is missing, or far too long");
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value.length > 0 && value.length <= LONGEST;
}

function wrong(why: string): ExpectedError {
  return new ExpectedError(`This is not the list of prices: ${why}. The prices stay as they were.`);
}
