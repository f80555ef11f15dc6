/** The tests of one part, by their names. */
export interface Results {
  passed: string[];
  failed: { name: string; why: string }[];
  /** There, but not run: skipped, or without a body. */
  skipped: string[];
}

/** What a part of the tests came to. */
export interface Verdict {
  passed: number;
  failed: number;
  /** Why it failed: each failed test, and what else was wrong. */
  reasons: string[];
}

// A test that may be skipped, by its full name, with the reason beside it. None is at present.
const MAY_SKIP: string[] = [];

/** Judges a part by its exit code and its results: nothing that did not run counts as passed. */
export function judge(code: number, results: Results | undefined, maySkip = MAY_SKIP): Verdict {
  if (!results) return verdict(0, code === 0 ? [] : [`it ended with code ${code}`]);
  const reasons = results.failed.map(({ name, why }) => `${name}\n${why}`.trim());
  const skipped = results.skipped.filter(name => !maySkip.includes(name));
  reasons.push(...skipped.map(name => `not run: ${name}`));
  if (results.passed.length + results.failed.length === 0) reasons.push("no test ran");
  if (code !== 0 && reasons.length === 0) reasons.push(`it ended with code ${code} although no test failed`);
  return verdict(results.passed.length, reasons);
}

/** The verdict on a part that could not even begin. */
export function notRun(reason: string): Verdict {
  return verdict(0, [`could not run: ${reason}`]);
}

function verdict(passed: number, reasons: string[]): Verdict {
  return { passed, failed: reasons.length, reasons };
}
