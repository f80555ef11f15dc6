import { closeSync, openSync, readSync } from "node:fs";
import { type Json, parseObject } from "../clean/json.ts";
import { shorten } from "../clean/skim.ts";
import { unpack } from "../db/content.ts";
import type { Engine } from "../db/engine.ts";

/** Where a row's line is: in which transcript, and at which bytes. */
export interface Spot {
  path: string | null;
  offset: number | null;
  length: number | null;
}

/** Longer lines are read with their long texts cut short, unless asked for whole. */
const LONG = 16 * 1024;
/** No line is read that is longer, whole or not. */
const LONGEST = 256 * 1024 * 1024;

/** So many transcripts are open at once: a system lets a program have only so many files. */
const MOST_OPEN = 16;

/** Reads what was written where it stands: in Claude Code's transcripts, else in what the store may keep of them. */
export class Words implements Disposable {
  readonly #db: Engine;
  readonly #files = new Map<string, number>();

  constructor(db: Engine) {
    this.#db = db;
  }

  /**
   * A line of a transcript, its long texts cut short if it is longer than `long`; an empty one when it is not there
   * any more: the counts stay, the words went.
   */
  line(spot: Spot, long = LONG): Json {
    const bytes = this.bytes(spot);
    return (bytes && parseObject(bytes.length > long ? shorten(bytes) : bytes.toString())) ?? {};
  }

  wholeLine(spot: Spot): Json | undefined {
    const bytes = this.bytes(spot);
    return bytes && parseObject(bytes.toString());
  }

  bytes({ path, offset, length }: Spot): Buffer | undefined {
    if (path === null || offset === null || length === null || length > LONGEST) return undefined;
    try {
      const file = this.#open(path);
      const bytes = Buffer.allocUnsafe(length);
      return readSync(file, bytes, 0, length, offset) === length ? bytes : undefined;
    } catch {
      return undefined;
    }
  }

  /** What the store keeps of something. */
  kept(of: string, owner: string): string | undefined {
    const row = this.#db.get<{ bytes: Uint8Array }>("select bytes from content where of = ? and owner = ?", [
      of,
      owner,
    ]);
    return row && unpack(row.bytes);
  }

  [Symbol.dispose](): void {
    for (const file of this.#files.values()) closeSync(file);
  }

  #open(path: string): number {
    const file = this.#files.get(path) ?? openSync(path, "r");
    this.#files.delete(path);
    this.#files.set(path, file);
    const [[oldest, unused] = []] = this.#files;
    if (this.#files.size > MOST_OPEN && oldest !== undefined && unused !== undefined) {
      this.#files.delete(oldest);
      closeSync(unused);
    }
    return file;
  }
}
