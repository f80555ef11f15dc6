import { structuredPatch } from "diff";
import { type Fields, list, type Told, words } from "./told.ts";

/** What became of a file: some of its lines, before and after. */
export interface FilePatch {
  path: string;
  hunks: Hunk[];
  /** False when only the changed text is known, not where it stood. */
  numbered: boolean;
}

export interface Hunk {
  oldStart: number;
  newStart: number;
  /** Each with its sign in front. */
  lines: string[];
  /** Whether it follows right on the one before. */
  goesOn?: boolean;
}

/** What a call changed: as the client noted it, else as the call asked for it. */
export function patchesIn(told: Told): FilePatch[] {
  const { input, details } = told;
  const path = words(details.filePath) || words(input.file_path) || words(input.notebook_path);
  const noted = hunksOf(details.structuredPatch);
  if (noted.length > 0) return [{ path, hunks: noted, numbered: true }];
  const written = words(input.content) || words(input.new_source);
  if (written)
    return [{ path, hunks: [{ oldStart: 0, newStart: 1, lines: added(written) }], numbered: true }];
  const asked = Array.isArray(input.edits) ? list(input.edits) : [input];
  const hunks = asked.flatMap(({ old_string, new_string }) => rebuilt(words(old_string), words(new_string)));
  return hunks.length > 0 ? [{ path, hunks, numbered: false }] : [];
}

/** What a command changed, as far as the client noticed. */
export function patchesOfCommand({ details }: Told): FilePatch[] {
  const { files } = (details.bashEditDiff as Fields & { files?: unknown }) ?? {};
  return list(files).map(file => ({
    path: words(file.filePath),
    hunks: hunksOf(file.hunks),
    numbered: true,
  }));
}

function hunksOf(value: unknown): Hunk[] {
  return list(value).flatMap(({ oldStart, newStart, lines }) =>
    Array.isArray(lines)
      ? [{ oldStart: Number(oldStart) || 0, newStart: Number(newStart) || 0, lines: lines.map(String) }]
      : [],
  );
}

function added(text: string): string[] {
  return text
    .replace(/\n$/, "")
    .split("\n")
    .map(line => `+${line}`);
}

/** Two texts that share little take long to compare: beyond this time they are shown one after the other. */
const COMPARE_MS = 200;

function rebuilt(before: string, after: string): Hunk[] {
  if (before === after) return [];
  const patch = structuredPatch("", "", before, after, "", "", { context: 3, timeout: COMPARE_MS });
  if (patch)
    return patch.hunks.map(({ lines }) => ({ oldStart: 1, newStart: 1, lines: lines.filter(isLine) }));
  const removed = added(before).map(line => `-${line.slice(1)}`);
  return [{ oldStart: 1, newStart: 1, lines: [...removed, ...added(after)] }];
}

/** Not the remark that a file ends without a line end. */
function isLine(line: string): boolean {
  return !line.startsWith("\\");
}
