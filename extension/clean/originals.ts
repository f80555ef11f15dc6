import { type Json, parseObject } from "./json.ts";
import { alikeEnds, linesOf, plainLines, replaced } from "./patch.ts";

/** Begins the text that a file had before an edit; inside of other texts, quotes have backslashes before them. */
const FIELD = Buffer.from('"originalFile":"');
/** Stands for it in the line that it was taken out of. */
const TAKEN = "\0taken\0";

const BACKSLASH = 0x5c;
const BLOCK = 4096;

/** A line of a transcript, and how to read the text of its file. */
export interface WithOriginal {
  line: Json | undefined;
  lines: (text: string) => string[] | undefined;
}

/**
 * Reads the texts of a file that its edits keep, each as long as the file. One is nearly the one before, so that
 * bytes that are the same are not read again, and lines that are the same are the same strings.
 */
export class Originals {
  #bytes: Buffer = Buffer.alloc(0);
  #lines: string[] = [];
  /** Where each of them ends. */
  #ends = new Int32Array();
  #expected: string[] = [];

  /** Mostly the next text is what an edit made of the last one, so that these are its lines. */
  expect(lines: string[] | null | undefined): void {
    this.#expected = lines ?? [];
  }

  read(bytes: Buffer): WithOriginal {
    const start = bytes.indexOf(FIELD) + FIELD.length;
    const end = start < FIELD.length ? -1 : endOf(bytes, start);
    if (end < 0) return { line: parseObject(bytes.toString()), lines: plainLines };
    const rest = [bytes.subarray(0, start), JSON.stringify(TAKEN).slice(1, -1), bytes.subarray(end)].join("");
    const text = bytes.subarray(start, end);
    return {
      line: parseObject(rest),
      lines: given => (given === TAKEN ? this.#read(text) : plainLines(given)),
    };
  }

  #read(bytes: Buffer): string[] | undefined {
    const { head, tail, from, to } = this.#kept(bytes);
    const text = unescaped(bytes.subarray(from, to)) ?? "";
    const middle = linesOf(text);
    const ends = new Int32Array(head + middle.length + this.#lines.length - tail);
    ends.set(this.#ends.subarray(0, head));
    let end = from;
    for (const [i, line] of middle.entries()) {
      end += Buffer.byteLength(JSON.stringify(line)) - 2;
      ends[head + i] = end;
    }
    const isWhole = tail === this.#lines.length || text === "" || text.endsWith("\n");
    // Whoever escapes otherwise than Claude Code, or ends lines otherwise, is read from scratch.
    if (!isWhole || end !== to || text.includes("\r") || text.startsWith("\uFEFF")) {
      this.#remember(Buffer.alloc(0), [], new Int32Array());
      const whole = unescaped(bytes);
      return whole === undefined ? undefined : plainLines(whole);
    }
    const longer = bytes.length - this.#bytes.length;
    for (let i = tail; i < this.#ends.length; i++)
      ends[head + middle.length + i - tail] = (this.#ends[i] ?? 0) + longer;
    return this.#remember(bytes, this.#joined(head, tail, middle), ends);
  }

  #remember(bytes: Buffer, lines: string[], ends: Int32Array<ArrayBuffer>): string[] {
    this.#bytes = bytes;
    this.#lines = lines;
    this.#ends = ends;
    return lines;
  }

  #joined(head: number, tail: number, middle: string[]): string[] {
    const [lines, expected] = [this.#lines, this.#expected];
    const length = head + middle.length + lines.length - tail;
    const ends = alikeEnds(lines, expected);
    const until = length - Math.min(ends.tail, lines.length - tail);
    const end = head + middle.length;
    let isExpected = length === expected.length;
    for (let i = Math.min(ends.head, head); isExpected && i < until; i++) {
      const line = i < head ? lines[i] : i < end ? middle[i - head] : lines[i - end + tail];
      isExpected = line === expected[i];
    }
    return isExpected ? expected : replaced(lines, head, tail, middle);
  }

  /** How many of the former lines still stand at the head, from which on at the tail, and the bytes in between. */
  #kept(bytes: Buffer): { head: number; tail: number; from: number; to: number } {
    const ends = this.#ends;
    const same = sameBytes(this.#bytes, bytes);
    let head = 0;
    while (head < ends.length && (ends[head] ?? 0) <= same.before) head++;
    // A last line without an end may go on.
    if (head === ends.length && !this.#lines.at(-1)?.endsWith("\n")) head = Math.max(0, head - 1);
    let tail = ends.length;
    const start = (line: number) => (line === 0 ? 0 : (ends[line - 1] ?? 0));
    while (tail > head && start(tail - 1) >= this.#bytes.length - same.after) tail--;
    const to = bytes.length - (this.#bytes.length - start(tail));
    return { head, tail, from: start(head), to };
  }
}

/** How many bytes two texts begin and end with alike; none counts as both. */
function sameBytes(a: Buffer, b: Buffer): { before: number; after: number } {
  const most = Math.min(a.length, b.length);
  const isSame = (x: number, y: number, length: number) => a.compare(b, y, y + length, x, x + length) === 0;
  let before = 0;
  while (before + BLOCK <= most && isSame(before, before, BLOCK)) before += BLOCK;
  while (before < most && a[before] === b[before]) before++;
  let after = 0;
  const left = most - before;
  while (after + BLOCK <= left && isSame(a.length - after - BLOCK, b.length - after - BLOCK, BLOCK))
    after += BLOCK;
  while (after < left && a[a.length - after - 1] === b[b.length - after - 1]) after++;
  return { before, after };
}

/** Where the text ends that begins at `start`: the next field follows it, or the end of the object. */
function endOf(bytes: Buffer, start: number): number {
  const next = ending(bytes, '","', start);
  const last = ending(next < 0 ? bytes : bytes.subarray(0, next), '"}', start);
  return last < 0 ? next : last;
}

function ending(bytes: Buffer, mark: string, start: number): number {
  let end = bytes.indexOf(mark, start);
  while (end >= 0 && isEscaped(bytes, end)) end = bytes.indexOf(mark, end + 1);
  return end;
}

function isEscaped(bytes: Buffer, quote: number): boolean {
  let slashes = 0;
  while (bytes[quote - 1 - slashes] === BACKSLASH) slashes++;
  return slashes % 2 === 1;
}

/** The text that some bytes are in JSON. */
function unescaped(bytes: Buffer): string | undefined {
  try {
    return String(JSON.parse(`"${bytes}"`));
  } catch {
    return undefined;
  }
}
