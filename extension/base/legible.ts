// Colours and the like of a terminal's output.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const ESCAPES = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\^_])/g;
// What acts on its surroundings instead of being seen: control characters, and those that turn the direction of text.
const ACTING = /[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/** Text as it can be seen, with plain ends of lines. */
export function legible(text: string): string {
  return text.replace(ESCAPES, "").replace(/\r\n?/g, "\n").replace(ACTING, "");
}
