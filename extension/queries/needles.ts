/** The words that are looked for: how to see that a line can't have them, and where in a text they are. */
export class Needles {
  readonly #words: string[];
  /** What must stand in the bytes of a line, read one letter a byte, in any one of its spellings. */
  readonly #bytes: string[][];

  constructor(typed: string) {
    this.#words = typed.toLowerCase().split(/\s+/).filter(Boolean);
    this.#bytes = typed.split(/\s+/).filter(Boolean).map(spellings);
  }

  get none(): boolean {
    return this.#words.length === 0;
  }

  /** Whether all of them may be there; a glance at the bytes, without a line being parsed. */
  mayBeIn(bytes: Buffer): boolean {
    const seen = bytes.toString("latin1").toLowerCase();
    return this.#bytes.every(some => some.some(word => seen.includes(word)));
  }

  /** What stands around the first of them, when all of them are there. */
  snippet(said: string): string | undefined {
    const seen = said.toLowerCase();
    if (!this.#words.every(word => seen.includes(word))) return undefined;
    const at = seen.indexOf(this.#words[0] ?? "");
    const from = Math.max(0, at - BEFORE);
    const cut = said
      .slice(from, from + LENGTH)
      .replace(/\s+/g, " ")
      .trim();
    return `${from > 0 ? "…" : ""}${cut}${from + LENGTH < said.length ? "…" : ""}`;
  }
}

const [BEFORE, LENGTH] = [40, 160];

/**
 * As a word may stand in a file. Of one with letters beyond ASCII a part without them is enough; one that has no such
 * part is found as it was typed, in small or in capital letters.
 */
function spellings(word: string): string[] {
  const parts = word.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const longest = parts.sort((a, b) => b.length - a.length)[0];
  if (longest !== undefined) return [longest];
  const cases = [word, word.toLowerCase(), word.toUpperCase(), word.charAt(0).toUpperCase() + word.slice(1)];
  return cases.map(spelt => Buffer.from(JSON.stringify(spelt).slice(1, -1)).toString("latin1").toLowerCase());
}
