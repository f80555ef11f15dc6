/** Something in a request that can't be understood; its message says what. */
export class Malformed extends Error {
  override readonly name = "Malformed";
}

export type Json = Record<string, unknown>;

/** As OTLP/JSON has it, a field that is missing or null has the default of its type; one of another type is an error. */
export function object(value: unknown): Json {
  const given = value ?? {};
  if (typeof given !== "object" || Array.isArray(given)) throw new Malformed("An object was expected.");
  return given as Json;
}

export function inside(of: Json, name: string): Json {
  return object(of[name]);
}

export function list(of: Json, name: string): unknown[] {
  const value = of[name] ?? [];
  if (!Array.isArray(value)) throw new Malformed(`${name} is not a list.`);
  return value;
}

export function text(of: Json, name: string): string {
  const value = of[name] ?? "";
  if (typeof value !== "string") throw new Malformed(`${name} is not a text.`);
  return value;
}

/** An id of so many bytes in hex. All else is none, as is one of zeros only. */
export function id(of: Json, name: string, bytes: number): string | undefined {
  const value = of[name];
  if (typeof value !== "string" || value.length !== 2 * bytes || !/^[0-9a-f]*$/i.test(value))
    return undefined;
  return /[^0]/.test(value) ? value.toLowerCase() : undefined;
}

const MILLION = 1_000_000n;
const LATEST = 2n ** 64n;

/** A time in nanoseconds as whole milliseconds; 0 stands for one that is not known. */
export function time(of: Json, name: string): number | undefined {
  const nanoseconds = integer(of[name] ?? 0);
  if (nanoseconds === undefined || nanoseconds < 0n || nanoseconds >= LATEST)
    throw new Malformed(`${name} is not a time.`);
  return Number(nanoseconds / MILLION) || undefined;
}

/** A whole number, which OTLP/JSON writes as text; Claude Code writes it as a number. */
export function integer(value: unknown): bigint | undefined {
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : undefined;
  return typeof value === "string" && /^-?\d{1,20}$/.test(value) ? BigInt(value) : undefined;
}
