import { deflateRawSync, inflateRawSync } from "node:zlib";

/** So many characters of a text can be searched for; the rest of a long output is only kept. */
const SEARCHED = 64 * 1024;

/** A text as the store keeps it, and the part of it that goes into the index. */
export function pack(text: string): { bytes: Uint8Array; words: string } {
  return { bytes: deflateRawSync(text), words: text.slice(0, SEARCHED) };
}

export function unpack(bytes: Uint8Array): string {
  return inflateRawSync(bytes).toString("utf8");
}

/** What of a kept text stands in the index; the index itself asks for it, to take it out again. */
export function unpackWords(bytes: Uint8Array | null): string | null {
  return bytes && unpack(bytes).slice(0, SEARCHED);
}
