/** More pairs of lines than this are not compared one by one: what lies between then counts as changed. */
const MOST_PAIRS = 4_000_000;

/** For each line of `b` which line of `a` it is, or -1 when it is none or could as well be another. */
export function align<T>(a: ArrayLike<T>, b: ArrayLike<T>): Int32Array {
  const down = match(a, b);
  const up = match(Array.from(a).reverse(), Array.from(b).reverse()).reverse();
  // From below, equal lines meet others than from above: where the two differ nobody can tell.
  return down.map((line, i) => (line >= 0 && a.length - 1 - (up[i] ?? 0) === line ? line : -1));
}

/** The same with the lines of `b` for each of `a`. */
export function inverse(map: Int32Array, length: number): Int32Array {
  const back = new Int32Array(length).fill(-1);
  map.forEach((from, to) => {
    if (from >= 0) back[from] = to;
  });
  return back;
}

/** Where two texts differ: some lines before, and what they became. */
export interface Place {
  before: number;
  endBefore: number;
  after: number;
  endAfter: number;
}

/** The places between the lines that are the same; `length` is that of the text before. */
export function placesOf(same: Int32Array, length: number): Place[] {
  const places: Place[] = [];
  let [before, after] = [0, 0];
  for (let line = 0; line <= same.length; line++) {
    const from = line === same.length ? length : (same[line] ?? -1);
    if (from < 0) continue;
    if (from > before || line > after) places.push({ before, endBefore: from, after, endAfter: line });
    [before, after] = [from + 1, line + 1];
  }
  return places;
}

/** A number for each different line of a part; what lies before it is not looked at. */
function numbered<T>(
  lines: ArrayLike<T>,
  start: number,
  end: number,
  names: Map<T | undefined, number>,
): Int32Array {
  const numbers = new Int32Array(end);
  for (let i = start; i < end; i++) {
    const line = lines[i];
    const number = names.get(line) ?? names.size;
    names.set(line, number);
    numbers[i] = number;
  }
  return numbers;
}

/** A part of both. */
interface Gap {
  a: number;
  endA: number;
  b: number;
  endB: number;
}

/** The same where one way to see it is as good as another. */
export function match<T>(linesA: ArrayLike<T>, linesB: ArrayLike<T>): Int32Array {
  const map = new Int32Array(linesB.length).fill(-1);
  const whole = { a: 0, endA: linesA.length, b: 0, endB: linesB.length };
  // Most of a file is what it was: only the rest is looked at closely.
  trim(linesA, linesB, whole, map);
  if (whole.a === whole.endA || whole.b === whole.endB) return map;
  const names = new Map<T | undefined, number>();
  const [a, b] = [numbered(linesA, whole.a, whole.endA, names), numbered(linesB, whole.b, whole.endB, names)];
  const gaps: Gap[] = [whole];
  for (let gap = gaps.pop(); gap; gap = gaps.pop()) {
    trim(a, b, gap, map);
    if (gap.a === gap.endA || gap.b === gap.endB) continue;
    const anchors = anchorsOf(a, b, gap);
    if (anchors.length === 0) longestCommon(a, b, gap, map);
    else gaps.push(...between(gap, anchors, map));
  }
  return map;
}

/** Takes off what is the same at the beginning and at the end. */
function trim<T>(a: ArrayLike<T>, b: ArrayLike<T>, gap: Gap, map: Int32Array): void {
  while (gap.a < gap.endA && gap.b < gap.endB && a[gap.a] === b[gap.b]) map[gap.b++] = gap.a++;
  while (gap.a < gap.endA && gap.b < gap.endB && a[gap.endA - 1] === b[gap.endB - 1])
    map[--gap.endB] = --gap.endA;
}

type Pair = [a: number, b: number];

function between(gap: Gap, anchors: Pair[], map: Int32Array): Gap[] {
  const gaps: Gap[] = [];
  let [a, b] = [gap.a, gap.b];
  for (const [atA, atB] of anchors) {
    map[atB] = atA;
    gaps.push({ a, endA: atA, b, endB: atB });
    [a, b] = [atA + 1, atB + 1];
  }
  gaps.push({ a, endA: gap.endA, b, endB: gap.endB });
  return gaps;
}

/** Lines that are once in each part, as many of them as stand in the same order: they surely are the same. */
function anchorsOf(a: Int32Array, b: Int32Array, gap: Gap): Pair[] {
  const seen = new Map<number, { a: number; b: number; times: number }>();
  for (let i = gap.a; i < gap.endA; i++) {
    const line = seen.get(a[i] ?? -1);
    if (line) line.times = 9;
    else seen.set(a[i] ?? -1, { a: i, b: -1, times: 0 });
  }
  for (let j = gap.b; j < gap.endB; j++) {
    const line = seen.get(b[j] ?? -1);
    if (line) Object.assign(line, { b: j, times: line.times + 1 });
  }
  const once = [...seen.values()].filter(({ times }) => times === 1).map(({ a, b }): Pair => [a, b]);
  return ascending(once);
}

/** The longest row of pairs that ascends on both sides; the pairs come in the order of `a`. */
function ascending(pairs: Pair[]): Pair[] {
  const ends: number[] = [];
  const before = new Int32Array(pairs.length).fill(-1);
  pairs.forEach(([, b], i) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[ends[middle] ?? 0]?.[1] ?? 0) < b) low = middle + 1;
      else high = middle;
    }
    before[i] = low > 0 ? (ends[low - 1] ?? -1) : -1;
    ends[low] = i;
  });
  const row: Pair[] = [];
  for (let i = ends.at(-1) ?? -1; i >= 0; i = before[i] ?? -1) row.push(pairs[i] as Pair);
  return row.reverse();
}

function longestCommon(a: Int32Array, b: Int32Array, gap: Gap, map: Int32Array): void {
  const [rows, columns] = [gap.endA - gap.a, gap.endB - gap.b];
  if (rows * columns > MOST_PAIRS) return;
  const width = columns + 1;
  const table = new Uint32Array((rows + 1) * width);
  const at = (i: number, j: number) => table[i * width + j] ?? 0;
  for (let i = rows - 1; i >= 0; i--)
    for (let j = columns - 1; j >= 0; j--)
      table[i * width + j] =
        a[gap.a + i] === b[gap.b + j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  for (let i = 0, j = 0; i < rows && j < columns; ) {
    if (a[gap.a + i] === b[gap.b + j]) map[gap.b + j++] = gap.a + i++;
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
}
