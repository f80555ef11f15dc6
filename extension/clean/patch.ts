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

/** What a patch makes of lines, if all of it fits exactly where it says; else nothing: a guess would be a lie. */
export function applied(lines: string[], hunks: Hunk[]): string[] | undefined {
  let [patched, grown, at] = [lines, 0, 0];
  let head = lines.length;
  for (const hunk of hunks) {
    const { before, after } = sidesOf(hunk);
    // Only an empty file has nothing around what is put into it.
    if (before.length === 0 && lines.length > 0) return undefined;
    const from = Math.max(0, hunk.oldStart - 1);
    if (from < at || before.some((line, i) => lines[from + i] !== line)) return undefined;
    const isLast = from + before.length === lines.length;
    // Only the last line of a text may have no end.
    if (after.some((line, i) => !line.endsWith("\n") && !(isLast && i === after.length - 1)))
      return undefined;
    head = Math.min(head, from);
    at = from + before.length;
    patched = replaced(patched, from + grown, at + grown, after);
    grown += after.length - before.length;
  }
  if (patched !== lines) made.set(patched, { of: lines, head, tail: lines.length - at });
  return patched;
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

export function plainLines(text: string): string[] {
  return linesOf(plain(text));
}

/** No call takes more arguments for sure. */
const MOST_ARGUMENTS = 10_000;

/** The lines with others in the place of some. */
export function replaced(lines: string[], from: number, to: number, by: string[]): string[] {
  if (by.length > MOST_ARGUMENTS) return lines.slice(0, from).concat(by, lines.slice(to));
  return lines.toSpliced(from, to - from, ...by);
}

/** How many lines two texts have alike at either end, or some fewer. */
export interface Ends {
  head: number;
  tail: number;
}

/** Of which lines patched ones were made: to compare them would take longer. */
const made = new WeakMap<string[], Ends & { of: string[] }>();

export function alikeEnds(before: string[], after: string[]): Ends {
  const known = made.get(after);
  if (known?.of === before) return known;
  const most = Math.min(before.length, after.length);
  let [head, tail] = [0, 0];
  while (head < most && before[head] === after[head]) head++;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { head, tail };
}

export function isSame(a: string[], b: string[]): boolean {
  if (a === b || a.length !== b.length) return a === b;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}
