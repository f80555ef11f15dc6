import Anser from "anser";
import { clipped, harmless } from "./harmless.ts";

/** A piece of a line that a terminal shows, and how. */
export interface Piece {
  text: string;
  /** Classes such as `ansi-red`. */
  colours: string;
}

const ESC = String.fromCharCode(27);
const BELL = String.fromCharCode(7);
// Titles and links, and everything that moves the cursor. Only colours are left.
const TITLES = new RegExp(`${ESC}\\][^${BELL}${ESC}]*(?:${BELL}|${ESC}\\\\)?`, "g");
const MOVES = new RegExp(`${ESC}\\[[0-9;:?<=>]*[@-ln-~]|${ESC}[()#][0-9A-Za-z]|${ESC}[=>78cDEHMNOZ]`, "g");

/** The lines of a terminal's output, still with their colours; a line that was written over is as it was last. */
export function terminalLines(output: string): string[] {
  const lines = output
    .replace(TITLES, "")
    .replace(MOVES, "")
    .replace(/\r\n/g, "\n")
    .replace(/\n$/, "")
    .split("\n");
  return lines.map(line => line.slice(line.lastIndexOf("\r", line.length - 2) + 1));
}

/** A line in its colours. */
export function pieces(line: string): Piece[] {
  return Anser.ansiToJson(clipped(line), { json: true, remove_empty: true, use_classes: true }).map(part => ({
    text: harmless(part.content),
    colours: [part.fg, part.bg && `${part.bg}-back`, ...part.decorations.map(name => `ansi-${name}`)]
      .filter(Boolean)
      .join(" "),
  }));
}
