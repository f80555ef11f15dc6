import type { Hunk } from "../questions.ts";
import { type Json, objects } from "./json.ts";

const NO_END = /^\\/;

export function hunksIn(patch: unknown): Hunk[] {
  return objects(patch).map(({ oldStart, newStart, lines }: Json) => ({
    ...{ oldStart: Number(oldStart) || 0, newStart: Number(newStart) || 0 },
    lines: Array.isArray(lines) ? lines.map(line => withoutReturn(String(line))) : [],
  }));
}

/** Lines with their ends, so that a last line without one is another line than one with it. */
export function linesOf(text: string): string[] {
  const lines: string[] = [];
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf("\n", at) + 1 || text.length;
    lines.push(text.slice(at, end));
    at = end;
  }
  return lines;
}

/** Both sides of a hunk, as lines with their ends. */
export function sidesOf({ lines }: Hunk): { before: string[]; after: string[] } {
  const [before, after]: [string[], string[]] = [[], []];
  for (const [i, line] of lines.entries()) {
    if (NO_END.test(line)) continue;
    const text = line.slice(1) + (NO_END.test(lines[i + 1] ?? "") ? "" : "\n");
    if (!line.startsWith("+")) before.push(text);
    if (!line.startsWith("-")) after.push(text);
  }
  return { before, after };
}

/** The text that a patch makes, if all of it fits exactly where it says; else nothing: a guess would be a lie. */
export function applied(text: string, hunks: Hunk[]): string | undefined {
  const lines = linesOf(text);
  const parts: string[] = [];
  let at = 0;
  for (const hunk of hunks) {
    const { before, after } = sidesOf(hunk);
    // Only an empty file has nothing around what is put into it.
    if (before.length === 0 && lines.length > 0) return undefined;
    const from = Math.max(0, hunk.oldStart - 1);
    if (from < at || before.some((line, i) => lines[from + i] !== line)) return undefined;
    parts.push(...lines.slice(at, from), ...after);
    at = from + before.length;
  }
  return [...parts, ...lines.slice(at)].join("");
}

export function reversed(hunks: Hunk[]): Hunk[] {
  const signs: Record<string, string> = { "+": "-", "-": "+" };
  return hunks.map(({ oldStart, newStart, lines }) => ({
    ...{ oldStart: newStart, newStart: oldStart },
    lines: lines.map(line => (signs[line[0] ?? ""] ?? line[0] ?? " ") + line.slice(1)),
  }));
}

/** The client writes texts down with plain line ends, whatever the file has. */
export function plain(text: string): string {
  return text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}
