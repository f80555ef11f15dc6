/** How a terminal makes text stand out, and ends it again. */
const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
} as const;

export type Color = keyof typeof CODES;

/** Colours a text, or leaves it as it is where colours are not wanted. */
export type Paint = (color: Color | undefined, text: string) => string;

/** Colours are for people: for a terminal, unless NO_COLOR is set, as no-color.org has it. */
export function paintFor(isTerminal: boolean, { NO_COLOR, TERM }: NodeJS.ProcessEnv): Paint {
  if (!isTerminal || NO_COLOR || TERM === "dumb") return (_, text) => text;
  return (color, text) => {
    if (color === undefined || text === "") return text;
    const [on, off] = CODES[color];
    return `\x1b[${on}m${text}\x1b[${off}m`;
  };
}
