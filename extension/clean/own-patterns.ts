import { createContext, runInContext, Script } from "node:vm";
import { mark, type Secret } from "./secrets.ts";

/** A pattern of the user's that is not used, and the reason in words for the user. */
export interface Refused {
  pattern: string;
  why: string;
}

/** Longer ones, and more of them, are no list that somebody wrote. */
const [MOST_PATTERNS, LONGEST_PATTERN] = [200, 2000];
/** For how long all of them may be tried. */
const MOST_TRYING = 2000;

/** Tells the patterns that can be used from the others, which may be anything: they come from a settings file. */
export function sorted(patterns: unknown): { good: string[]; refused: Refused[] } {
  const good: string[] = [];
  const refused: Refused[] = [];
  const until = performance.now() + MOST_TRYING;
  for (const pattern of [patterns].flat()) {
    const why =
      good.length < MOST_PATTERNS && performance.now() < until
        ? trouble(pattern)
        : "There are too many patterns. Join some of them, as in one|another.";
    if (why !== undefined) refused.push({ pattern: String(pattern).slice(0, 100), why });
    else good.push(String(pattern));
  }
  return { good, refused };
}

function trouble(source: unknown): string | undefined {
  if (typeof source !== "string") return "It is no text.";
  if (source.length > LONGEST_PATTERN) return "It is too long. Make several of it.";
  const pattern = compiled(source);
  if (typeof pattern === "string") return `It is no regular expression. ${pattern}.`;
  if (isSlow(pattern))
    return "It would take too long on long lines. Begin it with a fixed text, or limit its repetitions, as in {1,50}.";
  // Not before it is known to end.
  if (new RegExp(pattern.source, pattern.flags).test(""))
    return "It matches even where nothing stands, so it would match everywhere.";
  return undefined;
}

/** The pattern, or what is wrong with it. Only some need the newer rules, and others break them. */
function compiled(source: string): RegExp | string {
  let why = "";
  for (const flags of ["gv", "gu", "g"])
    try {
      return new RegExp(source, flags);
    } catch (error) {
      why = error instanceof Error ? error.message : String(error);
    }
  return why;
}

/** A time that no pattern needs for so little text unless its time grows faster than the text does. */
const MOST_MILLISECONDS = 250;
const LONG = 30_000;
const COMMON = ["a", "A", "0", " ", "-", "_", ".", "/", "a ", "a.", "a-", "a0", "aA0-_ ", "\n", "é"];

/** Tried against texts that nearly match. */
function isSlow({ source, flags }: RegExp): boolean {
  const letters = [...new Set(source.replace(/\\./g, ""))].slice(0, 30);
  const words = source.match(/\w{2,}/g) ?? [];
  const pairs = letters.map((letter, i) => letter + (letters[i + 1] ?? ""));
  const texts = [...new Set([...COMMON, ...letters, ...words, ...pairs, source])].map(
    unit => `${unit.repeat(LONG / unit.length)}\u0001`,
  );
  const script = "for (const text of texts) for (const match of text.matchAll(new RegExp(source, flags)));";
  try {
    runInContext(script, createContext({ source, flags, texts }), { timeout: MOST_MILLISECONDS });
    return false;
  } catch {
    return true;
  }
}

const FIND = new Script(
  `for (const pattern of patterns)
     for (const { 0: match, index } of text.matchAll(pattern)) if (match !== "") found.push([index, match.length]);`,
);

/** The user's own patterns, of those that can be used. */
export class OwnPatterns {
  readonly #patterns: RegExp[];
  /** The only place in which a regular expression can be stopped. */
  readonly #place = createContext({});
  /** Texts of so many letters took too long before. */
  #tooLong = Number.POSITIVE_INFINITY;

  constructor(sources: readonly string[]) {
    this.#patterns = sources.map(compiled).filter(pattern => typeof pattern !== "string");
  }

  /** What they match. A text that takes them too long is secret as a whole, as nobody can know. */
  find(text: string): Secret[] {
    if (this.#patterns.length === 0) return [];
    const said = mark("your pattern");
    const all = [{ start: 0, end: text.length, mark: said }];
    if (text.length >= this.#tooLong) return all;
    const found: [start: number, length: number][] = [];
    try {
      Object.assign(this.#place, { patterns: this.#patterns, text, found });
      FIND.runInContext(this.#place, { timeout: MOST_MILLISECONDS });
    } catch {
      this.#tooLong = text.length;
      return all;
    }
    return found.map(([start, length]) => ({ start, end: start + length, mark: said }));
  }
}
