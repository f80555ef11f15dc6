import { open } from "node:fs/promises";

/** A whole line of a file, and where it stands in bytes. */
export interface Line {
  text: string;
  offset: number;
  length: number;
}

const CHUNK = 256 * 1024;
const NEWLINE = 10;

/** The whole lines of `path` from byte `from` on, a chunk's worth at a time; a last line without newline waits. */
export async function* newLines(path: string, from: number): AsyncGenerator<Line[]> {
  const file = await open(path, "r");
  try {
    let start = from;
    let size = CHUNK;
    let rest: Buffer = Buffer.alloc(0);
    while (true) {
      const chunk = Buffer.allocUnsafe(size);
      const { bytesRead } = await file.read(chunk, 0, size, start + rest.length);
      if (bytesRead === 0) return;
      const bytes = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
      const lines = split(bytes, start);
      const last = lines.at(-1);
      const end = last ? last.offset + last.length + 1 - start : 0;
      if (last) yield lines;
      size = last ? CHUNK : size * 2; // a line of many megabytes is copied a few times, not a hundred
      start += end;
      rest = bytes.subarray(end);
    }
  } finally {
    await file.close();
  }
}

function split(bytes: Buffer, start: number): Line[] {
  const lines: Line[] = [];
  let at = 0;
  for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, at)) {
    lines.push({ text: bytes.toString("utf8", at, end), offset: start + at, length: end - at });
    at = end + 1;
  }
  return lines;
}
