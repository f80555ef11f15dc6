import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from "diff";

/** Texts that share little take long to compare: beyond this time all of the one is told, then all of the other. */
const COMPARE_MS = 2000;

/** A change of a file as `diff -u` shows it; no text is no file. */
export function unifiedDiff(
  path: string,
  before: string | undefined,
  after: string | undefined,
  was = path,
): string {
  const name = (text: string | undefined, path: string) => (text === undefined ? "/dev/null" : path);
  const patch = (from = "", to = "") =>
    structuredPatch(name(before, was), name(after, path), from, to, "", "", {
      context: 3,
      timeout: COMPARE_MS,
    });
  const compared = patch(before, after);
  if (compared) return textOf(compared);
  const [gone, fresh] = [patch(before, ""), patch("", after)];
  const [old, now] = [gone?.hunks[0], fresh?.hunks[0]];
  if (!gone || !old || !now) throw new Error("A text takes no time to be compared with nothing.");
  const { newStart, newLines } = now;
  return textOf({ ...gone, hunks: [{ ...old, newStart, newLines, lines: [...old.lines, ...now.lines] }] });
}

function textOf(patch: Parameters<typeof formatPatch>[0]): string {
  return formatPatch(patch, FILE_HEADERS_ONLY).replace(/\n$/, "");
}
