import { align, inverse, type Place, placesOf } from "../clean/align.ts";
import { isSame, linesOf } from "../clean/patch.ts";
import type { Conflict, TakenBack } from "../questions.ts";

type Taken = Pick<TakenBack, "text" | "done" | "conflicts">;

/** A text before and after a step, as lines. */
export interface Stage {
  step: string;
  before: string[];
  after: string[];
}

/** A line of the present text; where it stands may change. */
interface Line {
  text: string;
}

/**
 * Takes some steps back, the last one first: each line that a step wrote is followed through all that came later to
 * where it stands now, and is taken back there if all of its place is still as the step left it.
 */
export function takeBack(stages: Stage[], steps: Set<string>, text: string): Taken {
  let later = linesOf(text);
  const lines: Line[] = later.map(text => ({ text }));
  const taken: Taken = { text, done: 0, conflicts: [] };
  let now: (Line | undefined)[] = [...lines];
  for (const { step, before, after } of stages.toReversed()) {
    if (!isSame(after, later)) {
      const moved = inverse(align(after, later), after.length);
      now = Array.from(moved, line => (line < 0 ? undefined : now[line]));
    }
    const same = align(before, after);
    const former = Array.from(inverse(same, before.length), line => (line < 0 ? undefined : now[line]));
    if (steps.has(step))
      for (const place of placesOf(same, before.length).toReversed()) {
        const restored = restore(lines, now, place, before);
        restored?.forEach((line, i) => {
          former[place.before + i] = line;
        });
        if (restored) taken.done++;
        else taken.conflicts.push(conflict(step, place, before, after));
      }
    now = former;
    later = before;
  }
  return { ...taken, text: lines.map(({ text }) => text).join("") };
}

/** Puts the lines back that a step replaced, where all that it wrote stands together; answers the lines. */
function restore(
  lines: Line[],
  now: (Line | undefined)[],
  place: Place,
  before: string[],
): Line[] | undefined {
  const at = standing(lines, now, place);
  if (at === undefined) return undefined;
  const restored = before.slice(place.before, place.endBefore).map(text => ({ text }));
  lines.splice(at, place.endAfter - place.after, ...restored);
  return restored;
}

/** Where the lines of a place stand in the present text; of one without lines, between which two it is. */
function standing(lines: Line[], now: (Line | undefined)[], { after, endAfter }: Place): number | undefined {
  const index = (line: number) => {
    const present = now[line];
    return present ? lines.indexOf(present) : -1;
  };
  if (after < endAfter) {
    const first = index(after);
    const together = now.slice(after, endAfter).every((line, i) => line && lines[first + i] === line);
    return first >= 0 && together ? first : undefined;
  }
  const above = after === 0 ? -1 : index(after - 1);
  const below = after === now.length ? lines.length : index(after);
  const known = (above >= 0 || after === 0) && (below >= 0 || after === now.length);
  return known && below === above + 1 ? below : undefined;
}

function conflict(step: string, place: Place, before: string[], after: string[]): Conflict {
  return {
    step,
    before: before.slice(place.before, place.endBefore).join(""),
    after: after.slice(place.after, place.endAfter).join(""),
  };
}

/** Takes a hunk back whose text around it is not known: where its lines stand, if they stand only once. */
export function takeBackHunk(taken: Taken, step: string, sides: { before: string[]; after: string[] }): void {
  const lines = linesOf(taken.text);
  const { before, after } = sides;
  const starts = lines.flatMap((_, at) => (after.every((line, i) => lines[at + i] === line) ? [at] : []));
  const [at] = starts;
  if (after.length === 0 || starts.length !== 1 || at === undefined) {
    taken.conflicts.push({ step, before: before.join(""), after: after.join("") });
    return;
  }
  lines.splice(at, after.length, ...before);
  taken.text = lines.join("");
  taken.done++;
}
