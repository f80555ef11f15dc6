import { runInNewContext } from "node:vm";
import { mark, type Secret } from "./secrets.ts";

/** A pattern of the user's that is not used, and the reason in words for the user. */
export interface Refused {
  pattern: string;
  why: string;
}

/** The user's own patterns, which may be anything. */
export class OwnPatterns {
  readonly refused: readonly Refused[];
  #patterns: RegExp[] = [];

  constructor(sources: readonly string[]) {
    const refused: Refused[] = [];
    for (const pattern of sources) {
      const own = compiled(pattern);
      const why = typeof own === "string" ? own : trouble(own);
      if (why !== undefined) refused.push({ pattern, why });
      else if (typeof own !== "string") this.#patterns.push(own);
    }
    this.refused = refused;
  }

  /** What they match. A text that is too long for one of them is secret as a whole, as nobody can know. */
  *find(text: string): Generator<Secret> {
    const said = mark("your pattern");
    for (const pattern of this.#patterns)
      try {
        for (const match of text.matchAll(pattern))
          if (match[0] !== "") yield { start: match.index, end: match.index + match[0].length, mark: said };
      } catch {
        yield { start: 0, end: text.length, mark: said };
      }
  }
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
  return `It is no regular expression. ${why}.`;
}

function trouble(pattern: RegExp): string | undefined {
  if (new RegExp(pattern.source, pattern.flags).test(""))
    return "It matches even where nothing stands, so it would match everywhere.";
  return isSlow(pattern)
    ? "It would take too long on long lines. Begin it with a fixed text, or limit its repetitions, as in {1,50}."
    : undefined;
}

/** A time that no pattern needs for so little text unless its time grows faster than the text does. */
const MOST_MILLISECONDS = 250;
const LONG = 30_000;
const COMMON = ["a", "A", "0", " ", "-", "_", ".", "/", "a ", "a.", "a-", "a0", "aA0-_ ", "\n", "é"];

/** Tried against texts that nearly match, in a place whose time is limited, as a regular expression can't be stopped. */
function isSlow({ source, flags }: RegExp): boolean {
  const letters = [...new Set(source.replace(/\\./g, ""))].slice(0, 30);
  const words = source.match(/\w{2,}/g) ?? [];
  const pairs = letters.map((letter, i) => letter + (letters[i + 1] ?? ""));
  const texts = [...new Set([...COMMON, ...letters, ...words, ...pairs, source])].map(
    unit => `${unit.repeat(LONG / unit.length)}\u0001`,
  );
  const script = "for (const text of texts) for (const match of text.matchAll(new RegExp(source, flags)));";
  try {
    runInNewContext(script, { source, flags, texts }, { timeout: MOST_MILLISECONDS });
    return false;
  } catch {
    return true;
  }
}
