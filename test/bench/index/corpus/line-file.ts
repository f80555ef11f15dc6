import { closeSync, mkdirSync, openSync, utimesSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/** A part of a line: what was made up just now, or text out of a pool. */
export type Part = string | Buffer;

const ROOM = 1024 * 1024;
/** UTF-16 units take three bytes at most. */
const WIDEST = 3;

/** A file that lines are written to, a megabyte at a time; without a path it only counts. */
export class LineFile {
  lines = 0;
  readonly #path: string | undefined;
  readonly #file: number | undefined;
  readonly #buffer: Buffer;
  #flushed = 0;
  #end = 0;

  constructor(path: string | undefined) {
    this.#path = path;
    if (path) mkdirSync(dirname(path), { recursive: true });
    this.#file = path ? openSync(path, "w") : undefined;
    this.#buffer = Buffer.allocUnsafe(path ? ROOM : 0);
  }

  get bytes(): number {
    return this.#flushed + this.#end;
  }

  line(parts: Part[]): void {
    if (this.#file === undefined) return;
    for (const part of parts) this.#put(part);
    this.#put("\n");
    this.lines++;
  }

  /** Leaves the file as if its last line had been written at that moment. */
  close(at: number): void {
    if (this.#file === undefined || !this.#path) return;
    this.#flush();
    closeSync(this.#file);
    utimesSync(this.#path, at / 1000, at / 1000);
  }

  #put(part: Part): void {
    if (typeof part !== "string") this.#copy(part);
    else if (part.length * WIDEST > ROOM) this.#copy(Buffer.from(part));
    else {
      if (part.length * WIDEST > ROOM - this.#end) this.#flush();
      this.#end += this.#buffer.write(part, this.#end);
    }
  }

  #copy(part: Buffer): void {
    for (let at = 0; at < part.length; ) {
      if (this.#end === ROOM) this.#flush();
      const copied = part.copy(this.#buffer, this.#end, at);
      this.#end += copied;
      at += copied;
    }
  }

  #flush(): void {
    if (this.#file === undefined) return;
    for (let at = 0; at < this.#end; ) at += writeSync(this.#file, this.#buffer, at, this.#end - at);
    this.#flushed += this.#end;
    this.#end = 0;
  }
}
