import { Line } from "../../../extension/capture/lines.ts";
import type { Fact, Tier } from "../../../extension/clean/facts.ts";
import { type Found, Interpreter } from "../../../extension/clean/interpreter.ts";
import type { Memory } from "../../../extension/clean/memory.ts";
import { Prices } from "../../../extension/clean/prices.ts";
import { Redactor } from "../../../extension/clean/redact.ts";
import type { Context } from "../../../extension/clean/turn.ts";

/** The lines of a text, as they are read from a file. */
export function linesOf(text: string): Line[] {
  const whole = Buffer.from(text);
  const lines: Line[] = [];
  let start = 0;
  for (let end = whole.indexOf("\n"); end !== -1; end = whole.indexOf("\n", start)) {
    lines.push(new Line(whole, start, end - start, start));
    start = end + 1;
  }
  return lines;
}

/** Hashes so that a test can say them. */
const hash = (text: string) => `#${text}`;

/** An interpreter of a text, and the lines in it; in tests nothing about its surroundings matters. */
export function interpreterOf(text: string, tier: Tier = 1, memory?: Memory): Interpreter {
  const context: Context = { hash, prices: new Prices(), tier, redactor: new Redactor() };
  const whole = Buffer.from(text);
  return new Interpreter(context, ({ offset, length }) => whole.subarray(offset, offset + length), memory);
}

export function interpret(text: string, tier?: Tier): Found & { memory: Memory } {
  const interpreter = interpreterOf(text, tier);
  return { ...interpreter.read(linesOf(text)), memory: interpreter.memory };
}

/** The facts of one kind, or of some, in a text. */
export function factsIn<K extends Fact["kind"]>(text: string, ...kinds: K[]): Extract<Fact, { kind: K }>[] {
  const is = (fact: Fact): fact is Extract<Fact, { kind: K }> => kinds.some(kind => kind === fact.kind);
  return interpret(text).facts.filter(is);
}
