import { closeSync, openSync, readSync } from "node:fs";
import { NOTHING, parseLine, type TranscriptLine } from "../clean/content.ts";

/** Where a row's line is: in which transcript, and at which bytes. */
export interface Spot {
  path: string;
  offset: number;
  length: number;
}

/** Reads one line out of a transcript; an empty one when the file is gone: the counts stay, the words went. */
export function lineAt(spot: Spot): TranscriptLine {
  return withLines(at => at(spot));
}

/** Lends a function that reads lines, and opens each transcript once. */
export function withLines<T>(work: (at: (spot: Spot) => TranscriptLine) => T): T {
  const files = new Map<string, number>();
  const open = (path: string) => {
    const file = files.get(path) ?? openSync(path, "r");
    files.set(path, file);
    return file;
  };
  try {
    return work(spot => {
      try {
        return read(open(spot.path), spot);
      } catch {
        return NOTHING;
      }
    });
  } finally {
    for (const file of files.values()) closeSync(file);
  }
}

function read(file: number, { offset, length }: Spot): TranscriptLine {
  const buffer = Buffer.allocUnsafe(length);
  const bytes = readSync(file, buffer, 0, length, offset);
  return parseLine(buffer.toString("utf8", 0, bytes)) ?? NOTHING;
}
