import { diffWordsWithSpace } from "diff";
import { newDistanceFn, newMatcherFn } from "diff2html/lib-esm/rematch.js";
import { clipped } from "./harmless.ts";
import type { Hunk } from "./patch.ts";

/** From one place in a line to another. */
export type Span = [from: number, to: number];

export interface DiffLine {
  sign: " " | "+" | "-";
  old: number | undefined;
  new: number | undefined;
  text: string;
  /** What of it differs from the line that it replaces, or that replaces it. */
  marks: Span[];
}

/** The lines of a hunk with their numbers, and with the words marked that changed. */
export function diffLines({ oldStart, newStart, lines }: Hunk): DiffLine[] {
  let [before, after] = [oldStart, newStart];
  const all = lines
    .filter(line => !line.startsWith("\\"))
    .map((line): DiffLine => {
      const sign = line.startsWith("+") ? "+" : line.startsWith("-") ? "-" : " ";
      return {
        ...{ sign, text: clipped(line.slice(1)), marks: [] },
        old: sign === "+" ? undefined : before++,
        new: sign === "-" ? undefined : after++,
      };
    });
  for (let i = 0; i < all.length; ) i = markReplaced(all, i);
  return all;
}

/** Marks what changed in the removed lines at `start` and the added ones that follow; answers where they end. */
function markReplaced(lines: DiffLine[], start: number): number {
  let middle = start;
  while (lines[middle]?.sign === "-") middle++;
  let end = middle;
  while (lines[end]?.sign === "+") end++;
  for (const [removed, added] of pairs(lines.slice(start, middle), lines.slice(middle, end)))
    [removed.marks, added.marks] = changedWords(removed.text, added.text);
  return Math.max(end, start + 1);
}

const alike = newMatcherFn(newDistanceFn((line: DiffLine) => line.text));
/** To find the lines that are most alike, each is compared with each. */
const MOST_COMPARED = 400;

/** Each removed line with the added one that it most likely became. */
function pairs(removed: DiffLine[], added: DiffLine[]): [DiffLine, DiffLine][] {
  const few = removed.length * added.length <= MOST_COMPARED;
  const short = [...removed, ...added].every(({ text }) => text.length <= LONG_LINE);
  const groups = few && short ? alike(removed, added) : [[removed, added]];
  return groups.flatMap(([before = [], after = []]) =>
    before.flatMap((line, i): [DiffLine, DiffLine][] => {
      const other = after[i];
      return other ? [[line, other]] : [];
    }),
  );
}

const LONG_LINE = 200;

function changedWords(before: string, after: string): [Span[], Span[]] {
  if (before.length > LONG_LINE || after.length > LONG_LINE) return [[], []];
  const marks: [Span[], Span[]] = [[], []];
  let [from, to, same] = [0, 0, 0];
  for (const { value, added, removed } of diffWordsWithSpace(before, after)) {
    const { length } = value;
    if (!added && !removed) same += value.trim().length;
    if (removed) marks[0].push([from, from + length]);
    if (added) marks[1].push([to, to + length]);
    if (!added) from += length;
    if (!removed) to += length;
  }
  // Lines that have little in common were not changed, but replaced.
  return same * 3 > Math.max(before.trim().length, after.trim().length) ? marks : [[], []];
}
