import { stat } from "node:fs/promises";
import { errorCode } from "../base/expected-error.ts";
import { type Line, newLines } from "./lines.ts";

/** Where what is read goes to, and what remembers how far. The recorder connects it to the store. */
export interface ReaderOutput {
  /** The byte up to which `path` was read before. */
  cursor(path: string): number;
  /** Lines that follow the cursor, and the byte after them. */
  take(path: string, lines: Line[], cursor: number): void;
  /** `path` was written anew: what was read of it no longer holds. */
  restart(path: string): void;
  /** `path` has been read to its end, or could not be. */
  done(path: string, error?: unknown): void;
}

/** Reads what was appended to transcript files, one file at a time, in the order in which they were asked for. */
export class Reader {
  readonly #output: ReaderOutput;
  readonly #waiting = new Set<string>();
  #idle = Promise.resolve();
  #busy = false;
  #closed = false;

  constructor(output: ReaderOutput) {
    this.#output = output;
  }

  /** Asks for `path` to be read up to its present end. */
  read(path: string): void {
    if (this.#closed) return;
    this.#waiting.add(path);
    if (!this.#busy) this.#idle = this.#drain();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#idle;
  }

  async #drain(): Promise<void> {
    this.#busy = true;
    for (const path of this.#waiting) {
      if (this.#closed) break;
      // Out of the set before it is read, so that a line written meanwhile puts it back.
      this.#waiting.delete(path);
      try {
        await this.#readFile(path);
        this.#output.done(path);
      } catch (error) {
        // Claude Code clears old transcripts away; what was read of them stays.
        this.#output.done(path, errorCode(error) === "ENOENT" ? undefined : error);
      }
    }
    this.#busy = false;
  }

  async #readFile(path: string): Promise<void> {
    const { size } = await stat(path);
    const cursor = this.#output.cursor(path);
    if (size === cursor) return;
    if (size < cursor) this.#output.restart(path);
    for await (const lines of newLines(path, size < cursor ? 0 : cursor)) {
      const last = lines.at(-1);
      if (this.#closed || !last) return;
      this.#output.take(path, lines, last.offset + last.length + 1);
    }
  }
}
