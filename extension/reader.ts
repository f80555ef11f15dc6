import { setImmediate as breathe } from "node:timers/promises";
import { type Context, contextOf } from "./clean/turn.ts";
import type { Progress } from "./db/store.ts";
import { type Piece, parseFile } from "./parse.ts";
import {
  type FromParser,
  type PackedPiece,
  type ParserData,
  ParserPool,
  type ToParse,
} from "./parser-pool.ts";

/** Where what is read goes to, and what remembers how far. */
export interface ReaderOutput {
  /** How far a file was read before. */
  known(path: string): Progress | undefined;
  /** Stores pieces of files with so many rows, all or none. */
  take(pieces: Iterable<Piece>, rows: number): void;
  /** A file has been read to its end, or could not be. */
  done(path: string, error?: unknown): void;
}

/** With more files or bytes to read than this, worker threads help. */
const [MANY_FILES, MANY_BYTES] = [16, 8 * 1024 * 1024];
/** A parser gets so many bytes of files at once: few at first, as the newest are what a user looks for. */
const [FIRST_JOB, LARGEST_JOB] = [256 * 1024, 12 * 1024 * 1024];
/** So many rows are stored together, or those of so many milliseconds: a commit costs the same for one. */
const [TOGETHER, OFTEN] = [12_000, 250];
/** For how long parsers are kept that have nothing to do. */
const KEPT_FOR = 3000;

/** Reads what was appended to transcripts, in the order in which they were asked for; a crowd of them in parallel. */
export class Reader {
  readonly #data: ParserData;
  readonly #context: Context;
  readonly #output: ReaderOutput;
  /** The files to read, and about how much of each. */
  readonly #waiting = new Map<string, number>();
  readonly #parsing = new Set<string>();
  /** Files of which a piece could not be stored: what follows of them does not fit any more. */
  readonly #failed = new Map<string, unknown>();
  #parsers: ParserPool | undefined;
  #pieces: PackedPiece[] = [];
  #rows = 0;
  #ended: { path: string; error: unknown }[] = [];
  #job = FIRST_JOB;
  #storeAt = 0;
  #working: Promise<void> | undefined;
  #wake: () => void = () => {};
  #dismiss: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(data: ParserData, output: ReaderOutput) {
    this.#data = data;
    this.#context = contextOf(data, data.key);
    this.#output = output;
  }

  /** Asks for a file to be read up to its present end; `size` is about how much that is. */
  read(path: string, size = 0): void {
    if (this.#closed) return;
    this.#waiting.set(path, size);
    this.#wake();
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined;
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#wake();
    clearTimeout(this.#dismiss);
    await this.#parsers?.close();
    await this.#working;
  }

  async #work(): Promise<void> {
    await breathe(); // those that are asked for together are seen together
    clearTimeout(this.#dismiss);
    while (!this.#closed && this.#waiting.size + this.#parsing.size > 0) {
      if (this.#parsing.size > 0 || this.#isMuch()) await this.#help();
      else await this.#readHere();
    }
    this.#dismiss = setTimeout(() => this.#dismissParsers(), KEPT_FOR).unref();
  }

  #isMuch(): boolean {
    let bytes = 0;
    for (const size of this.#waiting.values()) bytes += size;
    return this.#waiting.size > MANY_FILES || bytes > MANY_BYTES;
  }

  /** Reads one file in this thread. */
  async #readHere(): Promise<void> {
    const [[path] = []] = this.#waiting;
    if (path === undefined) return;
    // Off the list before it is read, so that a line written meanwhile puts it back.
    this.#waiting.delete(path);
    try {
      for (const piece of parseFile(path, this.#context, this.#output.known(path))) {
        if (this.#closed) return;
        this.#output.take([piece], piece.rows.size);
        await breathe();
      }
      this.#output.done(path);
    } catch (error) {
      this.#output.done(path, isGone(error) ? undefined : error);
    }
  }

  /** Gives every idle parser something to do, and waits for news. */
  async #help(): Promise<void> {
    this.#parsers ??= new ParserPool(this.#data, message => this.#hear(message));
    while (this.#parsers.free) {
      const files = this.#nextJob();
      if (files.length === 0) break;
      for (const { path } of files) this.#parsing.add(path);
      this.#parsers.parse(files);
    }
    if (this.#parsing.size === 0) return;
    await new Promise<void>(resolve => {
      this.#wake = resolve;
    });
  }

  #nextJob(): ToParse[] {
    const files: ToParse[] = [];
    let bytes = 0;
    for (const [path, size] of this.#waiting) {
      if (this.#parsing.has(path)) continue;
      this.#waiting.delete(path);
      const known = this.#output.known(path);
      files.push({ path, ...(known && { known }) });
      bytes += size;
      if (bytes > this.#job || files.length > 200) break;
    }
    this.#job = Math.min(2 * this.#job, LARGEST_JOB);
    return files;
  }

  #hear(message: FromParser): void {
    if (this.#closed) return;
    if (message.kind === "piece") {
      if (this.#failed.has(message.path)) return;
      this.#pieces.push(message);
      this.#rows += message.size;
    } else if (message.kind === "done") {
      const { path, error, code } = message;
      this.#ended.push({
        path,
        error: error === undefined || isGone({ code }) ? undefined : new Error(error),
      });
    }
    if (this.#rows > TOGETHER) this.#store();
    if (message.kind !== "free") return;
    // When no file waits that nobody reads, there is nothing to wait for.
    const last = [...this.#waiting.keys()].every(path => this.#parsing.has(path));
    if (last || performance.now() > this.#storeAt) this.#store();
    this.#wake();
  }

  #store(): void {
    try {
      if (this.#pieces.length > 0) this.#output.take(unpacked(this.#pieces), this.#rows);
    } catch (error) {
      for (const { path } of this.#pieces) this.#failed.set(path, error);
    }
    this.#storeAt = performance.now() + OFTEN;
    const ended = this.#ended;
    [this.#pieces, this.#rows, this.#ended] = [[], 0, []];
    for (const { path, error } of ended) {
      this.#parsing.delete(path);
      this.#output.done(path, this.#failed.get(path) ?? error);
      this.#failed.delete(path);
    }
  }

  #dismissParsers(): void {
    void this.#parsers?.close();
    this.#parsers = undefined;
    this.#job = FIRST_JOB;
  }
}

/** One after the other, so that none is in memory longer than it is needed. */
function* unpacked(pieces: PackedPiece[]): Generator<Piece> {
  for (const { json } of pieces) yield JSON.parse(json) as Piece;
}

/** Claude Code clears old transcripts away; what was read of them stays. */
function isGone(error: unknown): boolean {
  return (error as { code?: string }).code === "ENOENT";
}
