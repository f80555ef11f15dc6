import { align } from "../clean/align.ts";
import { linesOf } from "../clean/patch.ts";

/** Nobody that we know of wrote the line: a person, a program, or an agent before there were records. */
export const NOBODY = -1;
/** One of several may have written it. */
const UNSURE = -2;

/** Who wrote each line of a text, by a number; kept from one text to the next. */
export interface Written {
  text: string;
  lines: string[];
  /** The same without white space, which does not count: to indent a line is not to write it. */
  inks: string[];
  owners: Int32Array;
}

export function unwritten(text: string): Written {
  const lines = linesOf(text);
  return { text, lines, inks: lines.map(inked), owners: new Int32Array(lines.length).fill(NOBODY) };
}

/** Who wrote the lines of the text that came next, when what is new in it is `owner`'s. */
export function next(written: Written, text: string, owner: number): Written {
  if (text === written.text) return written;
  const lines = linesOf(text);
  const [a, b] = [written.inks, inksOf(lines, written)];
  const same = align(a, b);
  const owners = Int32Array.from(same, old => (old < 0 ? owner : (written.owners[old] ?? UNSURE)));
  const fresh = same.reduce((sum, old) => (old < 0 ? sum + 1 : sum), 0);
  const [before, now] = [finder(a, fresh), finder(b, fresh)];
  const stood = fresh > MANY ? Set.prototype.has.bind(new Set(a)) : (line: string) => a.includes(line);
  const tells = (line: string) => SAYING.test(line) && before(line) >= 0 && now(line) >= 0;
  for (const part of changed(same, a.length)) {
    if (!laidOut(written, a, b, part, owners))
      for (let line = part.start; line < part.end; line++)
        // It may as well be the one that was there, and another one is new.
        if (stood(b[line] ?? "")) owners[line] = UNSURE;
    beside(b, part, tells, owners);
  }
  for (const [line, old] of same.entries()) {
    const ink = b[line] ?? "";
    // What was cut here and put in there: a line that is unlike all others.
    const place = old < 0 && ink.length >= TELLING ? before(ink) : -1;
    if (place >= 0 && now(ink) >= 0) owners[line] = written.owners[place] ?? UNSURE;
  }
  return { text, lines, inks: b, owners };
}

/** Most lines are what they were, and at the same end of the text. */
function inksOf(lines: string[], { lines: old, inks }: Written): string[] {
  let [start, end] = [0, 0];
  const most = Math.min(lines.length, old.length);
  while (start < most && lines[start] === old[start]) start++;
  while (end < most - start && lines[lines.length - 1 - end] === old[old.length - 1 - end]) end++;
  const middle = lines.slice(start, lines.length - end).map(inked);
  return [...inks.slice(0, start), ...middle, ...inks.slice(inks.length - end)];
}

function inked(line: string): string {
  return line.replace(/\s+/g, "");
}

/** Lines without a word, such as a bracket by itself, look like many others. */
const SAYING = /[\p{L}\p{N}]/u;

interface Part {
  start: number;
  end: number;
  /** The lines of the former text between which it stands. */
  above: number;
  below: number;
}

function* changed(same: Int32Array, length: number): Generator<Part> {
  for (let start = 0; start < same.length; start++) {
    if ((same[start] ?? -1) >= 0) continue;
    let end = start;
    while (end < same.length && (same[end] ?? -1) < 0) end++;
    const above = start === 0 ? -1 : (same[start - 1] ?? -1);
    yield { start, end, above, below: end === same.length ? length : (same[end] ?? -1) };
    start = end;
  }
}

/** The same text in other lines, as a formatter leaves it: each line is whose its first letter was. */
function laidOut(former: Written, a: string[], b: string[], part: Part, owners: Int32Array): boolean {
  const { start, end, above, below } = part;
  const old = a.slice(above + 1, below);
  const text = b.slice(start, end).join("");
  if (below <= above || text === "" || old.join("") !== text) return false;
  const letters: number[] = [];
  for (const [i, line] of old.entries())
    letters.push(...new Array<number>(line.length).fill(former.owners[above + 1 + i] ?? UNSURE));
  let at = 0;
  for (let line = start; line < end; line++) {
    const length = b[line]?.length ?? 0;
    const whose = new Set(letters.slice(at, at + length));
    owners[line] = whose.size === 1 ? (letters[at] ?? UNSURE) : UNSURE;
    at += length;
  }
  return true;
}

/** A line that is like others and stands beside what was changed may be either. */
function beside(
  b: string[],
  { start, end }: Part,
  tells: (line: string) => boolean,
  owners: Int32Array,
): void {
  for (let line = start - 1; line >= 0 && !tells(b[line] ?? ""); line--) owners[line] = UNSURE;
  for (let line = end; line < b.length && !tells(b[line] ?? ""); line++) owners[line] = UNSURE;
}

/** A line of so many letters is hardly written twice. */
const TELLING = 12;

/** From so many lines on it is quicker to look them up than to look for them. */
const MANY = 100;

/** Finds lines that stand in a text only once; some are looked for, many are looked up. */
function finder(lines: string[], many: number): (line: string) => number {
  if (many > MANY) {
    const places = only(lines);
    return line => places.get(line) ?? -1;
  }
  return line => {
    const place = lines.indexOf(line);
    return place === lines.lastIndexOf(line) ? place : -1;
  };
}

function only(lines: string[]): Map<string, number> {
  const places = new Map<string, number>();
  const seen = new Set<string>();
  for (const [i, line] of lines.entries()) {
    if (seen.has(line)) places.delete(line);
    else places.set(line, i);
    seen.add(line);
  }
  return places;
}
