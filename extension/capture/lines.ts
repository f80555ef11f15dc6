import { readSync } from "node:fs";

/** A whole line of a file, and where it stands there. Its bytes hold until the next lines are asked for. */
export class Line {
  readonly offset: number;
  readonly length: number;
  /** The bytes that were read, among them those of the line: most lines are told by a glance at them. */
  readonly buffer: Buffer;
  readonly start: number;

  constructor(buffer: Buffer, start: number, length: number, offset: number) {
    this.buffer = buffer;
    this.start = start;
    this.length = length;
    this.offset = offset;
  }

  get bytes(): Buffer {
    return this.buffer.subarray(this.start, this.start + this.length);
  }
}

const CHUNK = 1024 * 1024;
const NEWLINE = 10;

// Used for one file after the other: memory that is taken anew for each megabyte is slow to get.
let shared: Buffer | undefined;

/** The whole lines of an open file from byte `from` on, many at a time; a last line without newline waits. */
export function* newLines(file: number, from: number): Generator<Line[]> {
  const buffer = shared ?? Buffer.allocUnsafeSlow(CHUNK);
  shared = undefined;
  try {
    let start = from;
    let filled = 0;
    while (true) {
      if (filled === buffer.length) {
        const line = longLine(file, start, buffer);
        if (!line) return;
        yield [line];
        start += line.length + 1;
        filled = 0;
      }
      const read = readSync(file, buffer, filled, buffer.length - filled, start + filled);
      if (read === 0) return;
      const lines = split(buffer.subarray(0, filled + read), filled, start);
      filled += read;
      const last = lines.at(-1);
      if (!last) continue;
      yield lines;
      const end = last.offset + last.length + 1 - start;
      buffer.copyWithin(0, end, filled);
      filled -= end;
      start += end;
    }
  } finally {
    shared = buffer;
  }
}

/** A line that does not fit into `scratch`, which is used to look for its end: it gets just the room it needs. */
function longLine(file: number, start: number, scratch: Buffer): Line | undefined {
  for (let at = start; ; ) {
    const read = readSync(file, scratch, 0, scratch.length, at);
    if (read === 0) return undefined;
    const end = scratch.subarray(0, read).indexOf(NEWLINE);
    at += end === -1 ? read : end;
    if (end === -1) continue;
    const line = Buffer.allocUnsafeSlow(at - start);
    for (let filled = 0; filled < line.length; ) {
      const more = readSync(file, line, filled, line.length - filled, start + filled);
      if (more === 0) return undefined; // it was cut off meanwhile
      filled += more;
    }
    return new Line(line, 0, line.length, start);
  }
}

/** The lines that end in `bytes`, of which those before `fresh` hold no line end. */
function split(bytes: Buffer, fresh: number, start: number): Line[] {
  const lines: Line[] = [];
  let at = 0;
  for (let end = bytes.indexOf(NEWLINE, fresh); end !== -1; end = bytes.indexOf(NEWLINE, at)) {
    lines.push(new Line(bytes, at, end - at, start + at));
    at = end + 1;
  }
  return lines;
}
