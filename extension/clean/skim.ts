/**
 * Most of a transcript's lines say nothing that we want, and the largest of them are mostly one long text. Both can
 * be seen without parsing them, which is what makes reading fast.
 */

/** What is known of a line from its first bytes. */
export interface Skimmed {
  /** The value of its field `type`, if that comes before anything long. */
  type?: string | undefined;
  /** True of an attachment that tells what a background task came to; no other tells of anything. */
  tells?: boolean;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const LIST = 0x5b;
const N = 0x6e;

/** Reads a line's fields in order, up to the first that is not a plain value; undefined when it is no object. */
export function skim(buffer: Buffer, start = 0, length = buffer.length): Skimmed | undefined {
  const end = lastByte(buffer, start, start + length - 1);
  if (length === 0 || buffer[start] !== OPEN || buffer[end] !== CLOSE) return undefined;
  for (let at = start + 1; at < end; ) {
    if (buffer[at] !== QUOTE) return NOTHING;
    const value = afterString(buffer, at, end) + 1;
    if (buffer[value - 1] !== COLON) return NOTHING;
    const first = buffer[value];
    if (first === OPEN || first === LIST) {
      if (!is(buffer, at, ATTACHMENT)) return NOTHING;
      return is(buffer, value, QUEUED) ? TASK_ENDED : ATTACHED;
    }
    if (is(buffer, at, TYPE)) return { type: word(buffer, value) };
    at = afterValue(buffer, value, end);
  }
  return NOTHING;
}

const NOTHING: Skimmed = {};
const TYPE = Buffer.from('"type"');
const ATTACHMENT = Buffer.from('"attachment"');
const QUEUED = Buffer.from('{"type":"queued_command"');
const TASK_ENDED: Skimmed = { type: "attachment", tells: true };
const ATTACHED: Skimmed = { type: "attachment", tells: false };

function is(buffer: Uint8Array, at: number, word: Uint8Array): boolean {
  for (let i = 0; i < word.length; i++) if (buffer[at + i] !== word[i]) return false;
  return true;
}

const LONGEST_WORD = 64;

/** A short string without escapes that stands at `at`. */
function word(buffer: Buffer, at: number): string | undefined {
  if (buffer[at] !== QUOTE) return undefined;
  for (let i = at + 1; i <= at + LONGEST_WORD; i++) {
    const byte = buffer[i];
    if (byte === QUOTE) return buffer.toString("latin1", at + 1, i);
    if (byte === undefined || byte === BACKSLASH || byte > 0x7e) return undefined;
  }
  return undefined;
}

/** What stands behind the string that begins at `at`. */
function afterString(buffer: Uint8Array, at: number, end: number): number {
  let i = at + 1;
  while (i < end && buffer[i] !== QUOTE) i += buffer[i] === BACKSLASH ? 2 : 1;
  return i + 1;
}

/** Where the field after a plain value begins. */
function afterValue(buffer: Uint8Array, at: number, end: number): number {
  let i = buffer[at] === QUOTE ? afterString(buffer, at, end) : at;
  while (i < end && buffer[i] !== COMMA) i++;
  return i + 1;
}

/** The last byte that is not white space: Windows ends lines with two. */
function lastByte(buffer: Uint8Array, start: number, last: number): number {
  let end = last;
  while (end > start && (buffer[end] ?? 0) <= 0x20) end--;
  return end;
}

/** Only texts longer than this are cut short, to so much of their beginning and their end. */
const LONG = 2048;
const HEAD = 768;
const TAIL = 256;
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

/** How many bytes a text has, or had before it was cut. */
export function bytesOf(text: string): number {
  const cut = CUT.exec(text);
  return Buffer.byteLength(text) + (cut ? Number(cut[2]) - Number(cut[1]) - cut[0].length : 0);
}

/** A text that may have been cut, as people may see it. */
export function readable(text: string): string {
  return text.replace(CUT, "…");
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
