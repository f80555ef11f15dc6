import { closeSync, openSync, readSync } from "node:fs";
import { parseLine, type TranscriptLine } from "../clean/content.ts";

/** A row's line in a transcript. */
export interface Spot {
  path: string;
  offset: number;
  length: number;
}

/** Reads one line out of a transcript; an empty one when the file is gone: the counts stay, the words went. */
export function lineAt({ path, offset, length }: Spot): TranscriptLine {
  try {
    const file = openSync(path, "r");
    try {
      const buffer = Buffer.allocUnsafe(length);
      const read = readSync(file, buffer, 0, length, offset);
      return parseLine(buffer.toString("utf8", 0, read)) ?? {};
    } finally {
      closeSync(file);
    }
  } catch {
    return {};
  }
}
