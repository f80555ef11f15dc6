import type { Chance } from "../../store/made-up/chance.ts";

/** How JSON writes the end of a line. */
const LINE_END = "\\n";

/** A text as it stands between the quotes of a JSON string. */
export function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/**
 * A long text that is made once and taken from in parts: this is what makes a gigabyte in seconds. It is kept as the
 * bytes that stand in a JSON string, so a part of it is only copied, never made anew.
 */
export class Pool {
  readonly #bytes: Buffer;
  /** Where each piece begins, and where the last one ends: between two pieces the text can be cut. */
  readonly #starts: number[];

  constructor(pieces: string[]) {
    const parts = pieces.map(piece => Buffer.from(escaped(piece)));
    this.#bytes = Buffer.concat(parts);
    this.#starts = startsOf(parts);
  }

  /** Whole pieces, of at least so many bytes together unless the pool is smaller. */
  take(chance: Chance, length: number): Buffer {
    const room = Math.max(0, this.#bytes.length - length);
    const from = this.#pieceAt(chance.next() * room);
    const to = Math.min(this.#starts.length - 1, this.#pieceAt((this.#starts[from] ?? 0) + length) + 1);
    return this.pieces(from, to);
  }

  pieces(from: number, to: number): Buffer {
    return this.#bytes.subarray(this.#starts[from], this.#starts[to]);
  }

  /** A piece without the line end that it closes with. */
  line(at: number): Buffer {
    return this.#bytes.subarray(this.#starts[at], (this.#starts[at + 1] ?? 0) - LINE_END.length);
  }

  get count(): number {
    return this.#starts.length - 1;
  }

  /** The piece that this byte is in. */
  #pieceAt(byte: number): number {
    let [low, high] = [0, this.#starts.length - 2];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= byte) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function startsOf(parts: Buffer[]): number[] {
  const starts = [0];
  for (const part of parts) starts.push((starts.at(-1) ?? 0) + part.length);
  return starts;
}
