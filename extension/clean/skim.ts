/**
 * Most of a transcript's lines say nothing that we want, and the largest of them are mostly one long text. Both can
 * be seen without parsing them, which is what makes reading fast.
 */

/** What is known of a line from its first bytes. */
export interface Skimmed {
  /** The value of its field `type`, if that comes before anything long. */
  type?: string | undefined;
  /** The type of what is attached to it. */
  attachment?: string | undefined;
}

const [QUOTE, BACKSLASH, COMMA, COLON, OPEN, CLOSE, N] = [0x22, 0x5c, 0x2c, 0x3a, 0x7b, 0x7d, 0x6e];

/** Reads a line's fields in order, up to the first that is not a plain value; undefined when it is no object. */
export function skim(bytes: Uint8Array): Skimmed | undefined {
  const end = lastByte(bytes);
  if (bytes[0] !== OPEN || bytes[end] !== CLOSE) return undefined;
  for (let at = 1; at < end; ) {
    const name = word(bytes, at);
    if (name === undefined || bytes[at + name.length + 2] !== COLON) return {};
    at += name.length + 3;
    if (name === "attachment") return { type: "attachment", ...attachment(bytes, at) };
    if (bytes[at] === OPEN || bytes[at] === 0x5b) return {};
    if (name === "type") return { type: word(bytes, at) };
    at = afterValue(bytes, at, end);
  }
  return {};
}

/** The type of an attachment, which stands first in it. */
function attachment(bytes: Uint8Array, at: number): Skimmed {
  if (bytes[at] !== OPEN || word(bytes, at + 1) !== "type") return {};
  return { attachment: word(bytes, at + 8) };
}

const LONGEST_WORD = 64;

/** A short string without escapes that stands at `at`. */
function word(bytes: Uint8Array, at: number): string | undefined {
  if (bytes[at] !== QUOTE) return undefined;
  let word = "";
  for (let i = at + 1; i <= at + LONGEST_WORD; i++) {
    const byte = bytes[i];
    if (byte === QUOTE) return word;
    if (byte === undefined || byte === BACKSLASH || byte > 0x7e) return undefined;
    word += String.fromCharCode(byte);
  }
  return undefined;
}

/** Where the field after a plain value begins. */
function afterValue(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  if (bytes[i] === QUOTE) {
    for (i++; i < end && bytes[i] !== QUOTE; i++) if (bytes[i] === BACKSLASH) i++;
  }
  while (i < end && bytes[i] !== COMMA) i++;
  return i + 1;
}

/** The last byte that is not white space: Windows ends lines with two. */
function lastByte(bytes: Uint8Array): number {
  let end = bytes.length - 1;
  while (end > 0 && (bytes[end] ?? 0) <= 0x20) end--;
  return end;
}

/** Only texts longer than this are cut short, to so much of their beginning and their end. */
const LONG = 4096;
const [HEAD, TAIL] = [2048, 512];
/** Stands where a text was cut, and says which bytes of the line fell out. */
const CUT = /\0(\d+)-(\d+)\0/;

/** The line as JSON, with its long texts cut short: all that facts are made of is at their ends. */
export function shorten(bytes: Buffer): string {
  const parts: string[] = [];
  let kept = 0;
  for (let open = bytes.indexOf(QUOTE); open !== -1; ) {
    const close = closing(bytes, open + 1);
    if (close - open > LONG) {
      const from = boundary(bytes, open + HEAD, close);
      const to = boundary(bytes, close - TAIL, close);
      parts.push(bytes.toString("utf8", kept, from), `\\u0000${from}-${to}\\u0000`);
      kept = to;
    }
    open = bytes.indexOf(QUOTE, close + 1);
  }
  parts.push(bytes.toString("utf8", kept));
  return parts.join("");
}

/** How many line ends a text has, or had before it was cut out of `bytes`. */
export function countLineEnds(text: string, bytes: Uint8Array): number {
  const cut = CUT.exec(text);
  let count = cut ? escapedLineEnds(bytes, Number(cut[1]), Number(cut[2])) : 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

/** Where the string ends that began before `at`. */
function closing(bytes: Buffer, at: number): number {
  let close = bytes.indexOf(QUOTE, at);
  while (close !== -1 && isEscaped(bytes, close, at)) close = bytes.indexOf(QUOTE, close + 1);
  return close === -1 ? bytes.length : close;
}

/** Whether the backslashes before a quote belong to it: those of an even number belong to each other. */
function isEscaped(bytes: Uint8Array, quote: number, from: number): boolean {
  let i = quote;
  while (i > from && bytes[i - 1] === BACKSLASH) i--;
  return (quote - i) % 2 === 1;
}

/** The first place from `near` on that is inside neither an escape, which is 6 bytes at most, nor a character. */
function boundary(bytes: Uint8Array, near: number, close: number): number {
  let plain = 0;
  for (let i = near - 6; i < close; i++) {
    if (plain >= 6 && ((bytes[i] ?? 0) & 0xc0) !== 0x80) return i;
    plain = bytes[i] === BACKSLASH ? 0 : plain + 1;
  }
  return close;
}

function escapedLineEnds(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < Math.min(to, bytes.length); i++) {
    if (bytes[i] !== BACKSLASH) continue;
    if (bytes[i + 1] === N) count++;
    i++;
  }
  return count;
}
