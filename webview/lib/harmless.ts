// They turn the direction of what follows, so that code reads as what it is not.
const TURNS = /[\u202A-\u202E\u2066-\u2069\u200E\u200F]/g;

// What is no letter, but an order to a terminal; tabs and line ends are neither.
const ORDERS = new RegExp(`[${["\0-\b", "\v-\f", "\x0e-\x1f", "\x7f"].join("")}]`, "g");

/** A text in which nothing is hidden: what turns the direction of writing, or is an order, is shown as such. */
export function harmless(text: string): string {
  return text
    .replace(TURNS, turn => `[U+${turn.charCodeAt(0).toString(16).toUpperCase()}]`)
    .replace(ORDERS, order =>
      order === "\x7f" ? "\u2421" : String.fromCharCode(0x2400 + order.charCodeAt(0)),
    );
}

/** To lay out a line that is longer takes time, and nobody reads it. */
const LONG_LINE = 2000;

/** A line, or its beginning with a word on how much follows. */
export function clipped(line: string): string {
  const rest = line.length - LONG_LINE;
  return rest > 0 ? `${line.slice(0, LONG_LINE)}… ${rest.toLocaleString("en")} more characters` : line;
}
