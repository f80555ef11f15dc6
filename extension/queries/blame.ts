import { align } from "../clean/align.ts";
import { alikeEnds, type Ends } from "../clean/patch.ts";
import { Inks } from "./inks.ts";

/** Nobody that we know of wrote the line: a person, a program, or an agent before there were records. */
export const NOBODY = -1;
/** One of several may have written it. */
const UNSURE = -2;

/** A line of so many letters is hardly written twice. */
const TELLING = 12;

/** New lines in a row, and the former lines between which they stand. */
interface Part {
  start: number;
  end: number;
  above: number;
  below: number;
}

/** A text became another: the numbers of its lines before and after, and who wrote those before. */
interface Step {
  before: Int32Array;
  after: Int32Array;
  owners: Int32Array;
  /** How often a line stood in the text. */
  stood: (ink: number) => number;
}

/** Who wrote each line of a text, by a number; it goes on from one text to the next. */
export class Written {
  #inks = new Inks();
  #lines: string[] = [];
  #numbers: Int32Array = new Int32Array();
  #owners: Int32Array = new Int32Array();

  constructor(lines: string[], owners?: Int32Array) {
    this.next(lines, NOBODY);
    if (owners) this.#owners = owners;
  }

  get owners(): Int32Array {
    return this.#owners;
  }

  /** Goes another way than this one. */
  copy(): Written {
    const copy = new Written([]);
    copy.#inks = this.#inks.copy();
    copy.#lines = this.#lines;
    copy.#numbers = this.#numbers;
    copy.#owners = this.#owners;
    return copy;
  }

  /** Goes on to the text that came next, where what is new is `owner`'s. */
  next(lines: string[], owner: number): void {
    if (lines === this.#lines) return;
    const ends = alikeEnds(this.#lines, lines);
    const [before, after, owners] = [this.#numbers, this.#numbersOf(lines, ends), this.#owners];
    const { head, tail } = alike(before, after, ends);
    const [old, fresh] = [
      before.subarray(head, -tail || undefined),
      after.subarray(head, -tail || undefined),
    ];
    const changes = this.#inks.change(old, fresh);
    const stood = (ink: number) => this.#inks.count(ink) - (changes.get(ink) ?? 0);
    const same = align(old, fresh).map(line => (line < 0 ? line : line + head));
    this.#lines = lines;
    this.#numbers = after;
    this.#owners = spliced(
      owners,
      head,
      tail,
      same.map(line => (line < 0 ? owner : (owners[line] ?? UNSURE))),
    );
    const step = { before, after, owners, stood };
    for (const part of parts(same, head, before.length - tail)) {
      if (!this.#laidOut(step, part)) this.#doubt(step, part);
      this.#doubtBeside(step, part);
    }
    for (const [i, line] of same.entries()) if (line < 0) this.#moved(step, head + i);
  }

  /** Most lines are what they were, and at the same end of the text. */
  #numbersOf(lines: string[], { head, tail }: Ends): Int32Array {
    const middle = lines.slice(head, lines.length - tail).map(line => this.#inks.number(line));
    return spliced(this.#numbers, head, tail, middle);
  }

  /** The same text in other lines, as a formatter leaves it: each line is whose its first letter was. */
  #laidOut({ before, after, owners }: Step, { start, end, above, below }: Part): boolean {
    const texts = (numbers: Int32Array) => Array.from(numbers, number => this.#inks.text(number));
    const old = below > above ? texts(before.subarray(above + 1, below)) : [];
    const now = texts(after.subarray(start, end));
    const text = now.join("");
    if (text === "" || old.join("") !== text) return false;
    const letters = old.flatMap((line, i) =>
      new Array<number>(line.length).fill(owners[above + 1 + i] ?? UNSURE),
    );
    let at = 0;
    for (const [i, line] of now.entries()) {
      const whose = new Set(letters.slice(at, at + line.length));
      this.#owners[start + i] = whose.size === 1 ? (letters[at] ?? UNSURE) : UNSURE;
      at += line.length;
    }
    return true;
  }

  /** What is like a line that was there may as well be that one, and another one is new. */
  #doubt({ after, stood }: Step, { start, end }: Part): void {
    for (let line = start; line < end; line++) if (stood(after[line] ?? -1) > 0) this.#owners[line] = UNSURE;
  }

  /** A line that is like others and stands beside what was changed may be either. */
  #doubtBeside({ after, stood }: Step, { start, end }: Part): void {
    const tells = (line: number) => {
      const ink = after[line] ?? -1;
      return this.#inks.says(ink) && stood(ink) === 1 && this.#inks.count(ink) === 1;
    };
    for (let line = start - 1; line >= 0 && !tells(line); line--) this.#owners[line] = UNSURE;
    for (let line = end; line < after.length && !tells(line); line++) this.#owners[line] = UNSURE;
  }

  /** What was cut here and put in there: a line that is unlike all others. */
  #moved({ before, after, owners, stood }: Step, line: number): void {
    const ink = after[line] ?? -1;
    if (this.#inks.text(ink).length < TELLING || stood(ink) !== 1 || this.#inks.count(ink) !== 1) return;
    this.#owners[line] = owners[before.indexOf(ink)] ?? UNSURE;
  }
}

/** How many lines two texts have alike at each end, whichever end one begins with; some of them are known. */
function alike(a: Int32Array, b: Int32Array, known: Ends): Ends {
  const most = Math.min(a.length, b.length);
  let { head, tail } = known;
  while (head < most && a[head] === b[head]) head++;
  while (tail < most && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  return { head: Math.min(head, most - tail), tail: Math.min(tail, most - head) };
}

/** An array between whose ends something else stands by now. */
function spliced(numbers: Int32Array, head: number, tail: number, middle: ArrayLike<number>): Int32Array {
  const all = new Int32Array(head + middle.length + tail);
  all.set(numbers.subarray(0, head));
  all.set(middle, head);
  all.set(numbers.subarray(numbers.length - tail), head + middle.length);
  return all;
}

/** The new lines; the others are of the former text, of which `until` is the first one behind all of them. */
function* parts(same: Int32Array, head: number, until: number): Generator<Part> {
  for (let start = 0; start < same.length; start++) {
    if ((same[start] ?? -1) >= 0) continue;
    let end = start;
    while (end < same.length && (same[end] ?? -1) < 0) end++;
    const above = start === 0 ? head - 1 : (same[start - 1] ?? -1);
    const below = end === same.length ? until : (same[end] ?? -1);
    yield { start: head + start, end: head + end, above, below };
    start = end;
  }
}
