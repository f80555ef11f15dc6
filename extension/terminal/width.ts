/** What takes two columns: emoji, and the letters of East Asia. */
const WIDE =
  /\p{Emoji_Presentation}|\ufe0f|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;
/** Where nobody says how wide it is. */
const COLUMNS = 120;
/** Letters of Europe and our own marks, each of which takes one column. */
const PLAIN = /^[\x20-\x7e\xa1-\xac\xae-\u024f–—…−]*$/;

// Control characters could do anything to a terminal, and others turn the direction of what follows them.
const ACTING = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/gu;

/** Words of a transcript as one line that does nothing to the terminal but show. */
export function shown(text: string): string {
  return text.replace(ACTING, " ");
}

/** The same of a line of code, whose tabs indent. */
export function shownCode(text: string): string {
  return shown(text.replaceAll("\t", "    "));
}

let segmenter: Intl.Segmenter | undefined;

/** To make a segmenter takes a good part of a command's time, and few need it. */
function lettersOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return segmenter.segment(text);
}

/** How wide the screen is, as far as somebody says so. */
export function columnsOf(stdout: { columns?: number }, env: NodeJS.ProcessEnv): number {
  return stdout.columns || Number(env.COLUMNS) || COLUMNS;
}

/** How many columns a text takes. */
export function widthOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const { segment } of lettersOf(text)) width += WIDE.test(segment) ? 2 : 1;
  return width;
}

/** The text in no more than `columns`, with an ellipsis where it was cut. */
export function cut(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let [kept, width] = ["", 1];
  for (const { segment } of lettersOf(text)) {
    width += WIDE.test(segment) ? 2 : 1;
    if (width > columns) break;
    kept += segment;
  }
  return columns < 1 ? "" : `${kept.trimEnd()}…`;
}

/** The text in `columns`, cut or with blanks after it, or before it. */
export function padded(text: string, columns: number, side: "left" | "right" = "left"): string {
  const short = cut(text, columns);
  const blanks = " ".repeat(Math.max(0, columns - widthOf(short)));
  return side === "left" ? short + blanks : blanks + short;
}

/** Words in lines of no more than `columns`, with `indent` blanks before those after the first. */
export function wrapped(text: string, columns: number, indent = 0): string {
  const lines = [""];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = `${lines.at(-1)} ${word}`.trimStart();
    if (widthOf(longer) <= columns || longer === word) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.join(`\n${" ".repeat(indent)}`);
}
