// Colours and the like of a terminal's output.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const ESCAPES = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\^_])/g;
// What acts on its surroundings instead of being seen: control characters, and those that turn the direction of text.
const ACTING = /[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/** Text as it can be seen, with plain ends of lines. */
export function legible(text: string): string {
  return text.replace(ESCAPES, "").replace(/\r\n?/g, "\n").replace(ACTING, "");
}

/** What a tool was given, as people read it: names and values, long ones in lines of their own. */
export function plainOf(input: unknown): string {
  if (typeof input === "string") return input;
  if (typeof input !== "object" || input === null || Array.isArray(input))
    return JSON.stringify(input, null, 2);
  return Object.entries(input)
    .map(([name, value]) => {
      const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
      return text.includes("\n") ? `${name}:\n${text.replace(/^/gm, "  ")}` : `${name}: ${text}`;
    })
    .join("\n");
}
