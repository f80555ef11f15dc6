/** JSON of unknown make. A field of another type than the one asked for counts as not there. */
export type Json = Record<string, unknown>;

const EMPTY: Json = {};

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function object(value: unknown): Json {
  return isObject(value) ? value : EMPTY;
}

export function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

const LONGEST_ID = 200;

/** A text as an id: something short. */
export function id(value: unknown): string | undefined {
  return typeof value === "string" && value.length > 0 && value.length <= LONGEST_ID ? value : undefined;
}

/** More than anything real; sums of such numbers stay exact. */
const MOST = 1e12;

/** A number as it may be counted with: a negative one or none at all is 0. */
export function amount(value: unknown): number {
  return typeof value === "number" && value > 0 ? Math.min(Math.round(value), MOST) : 0;
}

export function objects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The object in a text, or undefined when it holds none. */
export function parseObject(json: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
