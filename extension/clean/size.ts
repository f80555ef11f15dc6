import { isObject, type Json } from "./json.ts";
import { bytesOf } from "./skim.ts";

/** A picture takes about as many tokens as so many bytes of text, however large its file is. */
const PICTURE = 4500;
/** Nothing real goes deeper, and nobody is to be led down without end. */
const DEEPEST = 20;

/** How many bytes of text there are in something. */
export function sizeOf(value: unknown, depth = 0): number {
  if (typeof value === "string") return bytesOf(value);
  if (typeof value !== "object" || value === null || depth > DEEPEST) return 0;
  if (isObject(value) && value.type === "image") return PICTURE;
  return Object.values(value).reduce((sum: number, part) => sum + sizeOf(part, depth + 1), 0);
}

/** How much the model wrote for a block: of a thought that is not shown, there is only its seal. */
export function saidSize({ input, text, thinking, signature, data }: Json): number {
  return Math.max(...[input, text, thinking, signature, data].map(part => sizeOf(part)));
}
