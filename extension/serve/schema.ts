/** What a value has to be like, as JSON Schema says it; as much of that as we need. */
export interface Schema {
  type: Type | Type[];
  description?: string;
  /** Of a text. */
  minLength?: number;
  maxLength?: number;
  enum?: readonly string[];
  pattern?: string;
  /** What fits the pattern. */
  examples?: readonly string[];
  format?: "date-time";
  /** Of a number. */
  minimum?: number;
  maximum?: number;
  /** Of a list. */
  items?: Schema;
  maxItems?: number;
  /** Of an object. What is not among its properties is left out; an object without any is taken as it is. */
  properties?: Record<string, Schema>;
  required?: readonly string[];
}

type Type = "string" | "number" | "integer" | "boolean" | "array" | "object";

/** Says which value is not as it has to be; told to whoever sent it. */
export class Mismatch extends Error {
  override readonly name = "Mismatch";
  readonly statusCode = 400;
}

/** What is known of a value; throws when it is not as the schema says. */
export function read(value: unknown, schema: Schema, name: string): unknown {
  const types = [schema.type].flat();
  const refuse = (why: string) => new Mismatch(`${name} ${why}.`);
  if (!types.some(type => IS[type](value)))
    throw refuse(`must be ${types.map(type => WORDS[type]).join(" or ")}`);
  if (typeof value === "string") {
    const why = wrongText(value, schema);
    if (why) throw refuse(why);
  }
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema;
  if (typeof value === "number" && !(value >= minimum && value <= maximum))
    throw refuse(`must be from ${minimum} to ${maximum}`);
  if (Array.isArray(value)) return readList(value, schema, name);
  return typeof value === "object" ? readObject(value as object, schema, name) : value;
}

/** What the address of a request asks for: all of it is text, and a word that is not known is surely a mistake. */
export function readQuery(query: unknown, schema: Schema): unknown {
  const fields = schema.properties ?? {};
  const values = Object.entries(query ?? {}).map(([name, value]) => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field)
      throw new Mismatch(`There is no such parameter; there are ${Object.keys(fields).join(", ")}.`);
    const number = typeof field.type === "string" ? NUMBERS[field.type] : undefined;
    return [name, typeof value === "string" && number?.test(value) ? Number(value) : value];
  });
  return read(Object.fromEntries(values), schema, "query");
}

const NUMBERS: Partial<Record<Type, RegExp>> = {
  integer: /^-?\d{1,16}$/,
  number: /^-?\d{1,16}(\.\d{1,16})?$/,
};

const IS: Record<Type, (value: unknown) => boolean> = {
  string: value => typeof value === "string",
  number: value => typeof value === "number",
  integer: value => Number.isSafeInteger(value),
  boolean: value => typeof value === "boolean",
  array: value => Array.isArray(value),
  object: value => typeof value === "object" && value !== null && !Array.isArray(value),
};

const WORDS: Record<Type, string> = {
  string: "a text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
};

function wrongText(text: string, schema: Schema): string | undefined {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern, format } = schema;
  if (text.length < minLength) return "must not be empty";
  if (text.length > maxLength) return `must have at most ${maxLength} letters`;
  if (schema.enum && !schema.enum.includes(text)) return `must be one of ${schema.enum.join(", ")}`;
  if (pattern && !new RegExp(pattern).test(text)) return `must be such as ${schema.examples}`;
  const isTime = /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text));
  return format && !isTime ? "must be a time such as 2026-11-21T10:00:00Z" : undefined;
}

function readList(list: unknown[], { items, maxItems = Number.POSITIVE_INFINITY }: Schema, name: string) {
  if (list.length > maxItems) throw new Mismatch(`${name} must have at most ${maxItems} entries.`);
  return items ? list.map((item, i) => read(item, items, `${name}[${i}]`)) : list;
}

function readObject(object: object, { properties, required = [] }: Schema, name: string): unknown {
  const inside = (field: string) => (name === "body" || name === "query" ? field : `${name}.${field}`);
  const missing = required.find(field => !Object.hasOwn(object, field));
  if (missing !== undefined) throw new Mismatch(`${inside(missing)} is missing.`);
  if (!properties) return object;
  const known = Object.entries(object).flatMap(([field, value]) => {
    const schema = Object.hasOwn(properties, field) ? properties[field] : undefined;
    return schema ? [[field, read(value, schema, inside(field))]] : [];
  });
  return Object.fromEntries(known);
}
