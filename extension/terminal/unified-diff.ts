/** So many unchanged lines are shown around a change. */
const CONTEXT = 3;

interface Line {
  sign: " " | "-" | "+";
  text: string;
}

/** A change of a file as `diff -u` shows it; no text is no file. */
export function unifiedDiff(path: string, before: string | undefined, after: string | undefined): string {
  const lines = compared(linesOf(before), linesOf(after));
  const near = lines.map((_, i) => lines.slice(Math.max(0, i - CONTEXT), i + CONTEXT + 1).some(isChange));
  const name = (text: string | undefined) => (text === undefined ? "/dev/null" : path);
  const shown = [`--- ${name(before)}`, `+++ ${name(after)}`];
  let [old, fresh] = [1, 1];
  for (const [i, line] of lines.entries()) {
    if (near[i] && !near[i - 1]) {
      const end = near.indexOf(false, i);
      const hunk = lines.slice(i, end < 0 ? undefined : end);
      const count = (sign: string) => hunk.filter(line => line.sign !== sign).length;
      shown.push(`@@ -${span(old, count("+"))} +${span(fresh, count("-"))} @@`);
    }
    if (near[i]) shown.push(line.sign + line.text);
    if (line.sign !== "+") old++;
    if (line.sign !== "-") fresh++;
  }
  return shown.join("\n");
}

function isChange({ sign }: Line): boolean {
  return sign !== " ";
}

function span(from: number, count: number): string {
  return count === 0 ? `${from - 1},0` : `${from},${count}`;
}

function linesOf(text: string | undefined): string[] {
  if (!text) return [];
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  else lines.push(`${lines.pop()}\n\\ No newline at end of file`);
  return lines;
}

/** So many differing lines are compared one by one; beyond, all that lies between counts as changed. */
const MOST = 2000;

/** All lines of both: those that begin and end alike, and between them by their longest common subsequence. */
function compared(a: string[], b: string[]): Line[] {
  let [start, end] = [0, 0];
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  const least = Math.min(a.length, b.length) - start;
  while (end < least && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const same = (lines: string[]): Line[] => lines.map(text => ({ sign: " ", text }));
  const between = [a.slice(start, a.length - end), b.slice(start, b.length - end)] as const;
  return [...same(a.slice(0, start)), ...differing(...between), ...same(a.slice(a.length - end))];
}

function differing(a: string[], b: string[]): Line[] {
  if (a.length * b.length > MOST * MOST) {
    const all = (sign: Line["sign"], lines: string[]) => lines.map((text): Line => ({ sign, text }));
    return [...all("-", a), ...all("+", b)];
  }
  const table = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  const at = (i: number, j: number) => table[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const row = table[i];
      if (row) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  const take = (sign: Line["sign"]) => {
    lines.push({ sign, text: (sign === "+" ? b[j] : a[i]) ?? "" });
    if (sign !== "+") i++;
    if (sign !== "-") j++;
  };
  while (i < a.length || j < b.length) {
    if (i < a.length && a[i] === b[j]) take(" ");
    else if (i < a.length && at(i + 1, j) >= at(i, j + 1)) take("-");
    else take("+");
  }
  return lines;
}
