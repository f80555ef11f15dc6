import { inside, integer, type Json, list, Malformed, object, text } from "./fields.ts";
import type { Attributes, Value } from "./model.ts";

const DEEPEST = 32;

/** The attributes of a record; of one name that comes twice the last counts. */
export function attributes(of: Json): Attributes {
  return pairs(list(of, "attributes"), 0);
}

/** A value of OTLP, which comes as an object whose one field is named after the type. */
export function anyValue(any: Json, depth = 0): Value {
  if (depth > DEEPEST) throw new Malformed("The attributes are nested too deeply.");
  const type = TYPES.find(name => (any[name] ?? undefined) !== undefined);
  return type === undefined ? null : read[type](any, depth);
}

const read = {
  stringValue: (any: Json) => text(any, "stringValue"),
  boolValue: (any: Json) => any.boolValue === true || (any.boolValue !== false && wrong("boolValue")),
  intValue: (any: Json) => whole(any.intValue),
  doubleValue: (any: Json) => double(any.doubleValue) ?? wrong("doubleValue"),
  bytesValue: (any: Json) => text(any, "bytesValue"),
  arrayValue: (any: Json, depth: number) =>
    list(inside(any, "arrayValue"), "values").map(value => anyValue(object(value), depth + 1)),
  kvlistValue: (any: Json, depth: number) => pairs(list(inside(any, "kvlistValue"), "values"), depth + 1),
} satisfies Record<string, (any: Json, depth: number) => Value>;

const TYPES = Object.keys(read) as (keyof typeof read)[];

function pairs(entries: unknown[], depth: number): Attributes {
  return Object.fromEntries(
    entries.map(entry => {
      const pair = object(entry);
      return [text(pair, "key"), anyValue(inside(pair, "value"), depth)];
    }),
  );
}

function whole(value: unknown): Value {
  const exact = integer(value);
  if (exact === undefined || BigInt.asIntN(64, exact) !== exact) return wrong("intValue");
  return Number.isSafeInteger(Number(exact)) ? Number(exact) : String(exact);
}

const NOT_FINITE = ["NaN", "Infinity", "-Infinity"];

/** A number or, as JSON has no word for what is not finite, a text that says so. */
export function double(value: unknown): number | string | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value !== "string" || value.trim() === "") return undefined;
  if (NOT_FINITE.includes(value)) return value;
  return Number.isFinite(Number(value)) ? Number(value) : undefined;
}

function wrong(name: string): never {
  throw new Malformed(`${name} has a value of another type.`);
}
