/** Those of `names` that may have been meant by a mistyped one, the nearest first. */
export function near(given: string, names: string[], most = 3): string[] {
  // A letter in four may be wrong, and one always.
  const far = Math.max(1, Math.ceil(given.length / 4));
  const known = names.map(name => ({ name, steps: stepsTo(given, name) }));
  return known
    .filter(({ steps }) => steps <= far)
    .sort((a, b) => a.steps - b.steps)
    .slice(0, most)
    .map(({ name }) => name);
}

/** How many letters were left out, put in, changed or swapped. */
function stepsTo(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i]);
  const at = (i: number, j: number) => rows[i]?.[j] ?? Math.max(i, j);
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const other = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const steps = [at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + other];
      if (swapped) steps.push(at(i - 2, j - 2) + 1);
      rows[i]?.splice(j, 1, Math.min(...steps));
    }
  return at(a.length, b.length);
}
