import {
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { errorCode } from "../base/expected-error.ts";

/** An event that could not be stored, however often it was tried. */
export interface DeadLetter {
  line: string;
  reason: string;
}

export const DEAD_LETTERS = "dead-letters.ndjson";

/** The file with the events that could not be stored, and why: nothing that arrived is ever thrown away. */
export class DeadLetters {
  readonly #file: string;
  count: number;

  constructor(dataDir: string) {
    this.#file = join(dataDir, DEAD_LETTERS);
    this.count = read(this.#file).length + read(`${this.#file}.replayed`).length;
  }

  /** Adds events; they are safe when it returns. */
  add(letters: DeadLetter[]): void {
    const at = new Date().toISOString();
    const text = letters
      .map(({ line, reason }) => `${JSON.stringify({ at, reason, event: line })}\n`)
      .join("");
    const fd = openSync(this.#file, "a+", 0o600);
    try {
      writeFileSync(fd, endsInLine(fd) ? text : `\n${text}`);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    this.count += letters.length;
  }

  /** Hands all of them to `put`, to be tried anew, and removes them once that is done; answers how many. */
  async replay(put: (event: unknown) => Promise<void>): Promise<number> {
    const replayed = `${this.#file}.replayed`;
    // A replay that was cut short is done first.
    if (read(replayed).length === 0 && this.count > 0) renameSync(this.#file, replayed);
    const letters = read(replayed);
    await Promise.all(letters.map(letter => put(letter)));
    rmSync(replayed, { force: true });
    this.count = read(this.#file).length;
    return letters.length;
  }

  /** Removes the events of some sessions. */
  forget(sessions: string[]): void {
    if (this.count === 0) return;
    const replayed = `${this.#file}.replayed`;
    const lines = [...linesOf(replayed), ...linesOf(this.#file)];
    const kept = lines.filter(line => !sessions.some(id => line.includes(id)));
    const draft = `${this.#file}.kept`;
    writeFileSync(draft, kept.map(line => `${line}\n`).join(""), { mode: 0o600, flush: true });
    renameSync(draft, this.#file);
    rmSync(replayed, { force: true });
    this.count = kept.length;
  }
}

/** False after a write that the disk had no room to finish. */
function endsInLine(fd: number): boolean {
  const { size } = fstatSync(fd);
  const last = Buffer.alloc(1);
  return size === 0 || (readSync(fd, last, 0, 1, size - 1) === 1 && last[0] === 10);
}

/** The events in the file, as they came. */
function read(file: string): unknown[] {
  return linesOf(file).map(original);
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, "utf8")
      .split("\n")
      .filter(line => line !== "");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  }
}

function original(line: string): unknown {
  try {
    return JSON.parse((JSON.parse(line) as { event: string }).event);
  } catch {
    return line; // it was not JSON when it came; perhaps it is understood one day
  }
}
