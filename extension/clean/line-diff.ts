import type { Lines } from "./facts.ts";

/** So many differing lines are compared one by one; beyond, all that lies between counts as changed. */
const MOST = 2000;

/** How many lines one has to add to and remove from `before` to get `after`. */
export function diffLines(before: string, after: string): Lines {
  const [a, b] = [before.split("\n"), after.split("\n")];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const common = longestCommon(a.slice(start, endA), b.slice(start, endB));
  return { added: endB - start - common, removed: endA - start - common };
}

/** The length of the longest common subsequence. */
function longestCommon(a: string[], b: string[]): number {
  if (a.length === 0 || b.length === 0 || a.length * b.length > MOST * MOST) return 0;
  let above = new Uint32Array(b.length + 1);
  for (const line of a) {
    const row = new Uint32Array(b.length + 1);
    for (let j = 0; j < b.length; j++) {
      row[j + 1] = line === b[j] ? (above[j] ?? 0) + 1 : Math.max(above[j + 1] ?? 0, row[j] ?? 0);
    }
    above = row;
  }
  return above[b.length] ?? 0;
}
