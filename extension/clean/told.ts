import type { Hunk } from "../questions.ts";
import { written } from "./edits.ts";
import { isObject, type Json, object, objects, text } from "./json.ts";
import type { WithOriginal } from "./originals.ts";
import { applied, hunksIn, isSame, linesOf, plain, plainLines, reversed } from "./patch.ts";

/** What the lines of a call tell of what it did to a file; a text, as lines with their ends, is null where there is no file. */
export interface Told {
  before?: string[] | null;
  after?: string[] | null;
  hunks: Hunk[];
  swaps: Swap[];
}

/** A text that was put in the place of another. */
interface Swap {
  from: string;
  to: string;
  all: boolean;
}

/** What a call and its result tell of a file; `lines` makes lines of what a text of the result stands for. */
export function toldOf(
  tool: string,
  input: Json,
  result: Json,
  { said, path, lines = plainLines }: { said: string; path: string; lines?: WithOriginal["lines"] },
): Told {
  if (isObject(result.bashEditDiff)) return ofBash(objects(result.bashEditDiff.files), path);
  const original =
    text(result.originalFile) ?? text(result.originalFileContents) ?? text(result.original_file);
  const before = original === undefined ? undefined : lines(original);
  const after =
    text(result.updated_file) ??
    (tool === "Write" ? (text(result.content) ?? text(input.content)) : undefined);
  const isNew =
    result.type === "create" || (tool === "Write" && before === undefined && /^File created/.test(said));
  return {
    ...(isNew ? { before: null } : before && { before }),
    ...(after !== undefined && { after: plainLines(after) }),
    hunks: hunksIn(result.structuredPatch),
    swaps: swapsOf(tool, input, result, path),
  };
}

function ofBash(files: Json[], path: string): Told {
  const file = files.find(file => file.filePath === path) ?? {};
  const hunks = hunksIn(file.hunks);
  // Of what is too large, or no text at all, the patch is empty.
  if (hunks.length === 0) return { hunks, swaps: [] };
  if (file.created === true) return { before: null, ...known("after", applied([], hunks)), hunks, swaps: [] };
  if (file.deleted === true)
    return { ...known("before", applied([], reversed(hunks))), after: null, hunks, swaps: [] };
  return { hunks, swaps: [] };
}

function known(side: "before" | "after", lines: string[] | undefined): Partial<Told> {
  return lines === undefined ? {} : { [side]: lines };
}

/** A result says what was written; a call only what was asked for. */
function swapsOf(tool: string, input: Json, result: Json, path: string): Swap[] {
  const found = text(result.oldString) !== undefined && text(result.newString) !== undefined;
  if (found) return [swap(result.oldString, result.newString, result.replaceAll ?? input.replace_all)];
  if (tool === "Edit") return [swap(input.old_string, written(input, path), input.replace_all)];
  if (tool !== "MultiEdit") return [];
  const edits = objects(result.edits ?? input.edits).map(object);
  return edits.map(edit => swap(edit.old_string, written(edit, path), edit.replace_all));
}

function swap(from: unknown, to: unknown, all: unknown): Swap {
  return { from: plain(text(from) ?? ""), to: plain(text(to) ?? ""), all: all === true };
}

/** What comes after `before`, if what is told fits it, and nothing else could have come of it. */
export function afterOf(told: Told, before: string[]): string[] | undefined {
  if (told.hunks.length > 0) {
    const patched = applied(before, told.hunks);
    if (patched !== undefined || told.swaps.length === 0) return patched;
    // The client writes tabs at the beginnings of lines as blanks in its patches, but not into files.
    const shown = applied(before.map(untabbed), told.hunks);
    const fits = (lines: string[]) => shown !== undefined && isSame(lines.map(untabbed), shown);
    return swapped(before.join(""), told.swaps).map(linesOf).find(fits);
  }
  const [only, ...others] = told.swaps.length > 0 ? swapped(before.join(""), told.swaps) : [];
  return only !== undefined && others.length === 0 ? linesOf(only) : undefined;
}

/** What came before `after`. */
export function beforeOf(told: Told, after: string[]): string[] | undefined {
  const hunks = reversed(told.hunks);
  const back = told.swaps.map(({ from, to, all }) => ({ from: to, to: from, all })).reverse();
  const before =
    hunks.length > 0
      ? (applied(after, hunks) ?? afterOf({ hunks, swaps: back }, after))
      : afterOf({ hunks, swaps: back }, after);
  // A way back is only one when the way there ends where it began.
  const there = before && afterOf(told, before);
  return there && isSame(there, after) ? before : undefined;
}

/** All texts that swaps may have made: none when one does not fit. */
function swapped(text: string, swaps: Swap[]): string[] {
  let texts = [text];
  for (const swap of swaps) texts = texts.flatMap(text => swappedOnce(text, swap));
  return [...new Set(texts)];
}

function swappedOnce(text: string, { from, to, all }: Swap): string[] {
  if (from === "") return text === "" ? [to] : [];
  const count = text.split(from).length - 1;
  if (count === 0 || (count > 1 && !all)) return [];
  const replaced = text.replaceAll(from, () => to);
  // With the last word of a line the client may take the line's end.
  const line = `${from}\n`;
  const whole = to === "" && !from.endsWith("\n") && text.includes(line);
  return whole ? [replaced, text.replaceAll(line, "")] : [replaced];
}

function untabbed(line: string): string {
  return line.replace(/^\t+/, tabs => "  ".repeat(tabs.length));
}

/** What is told of, as hunks: those of the patch, else what was put in the place of what. */
export function hunksOf({ hunks, swaps, after }: Told): Hunk[] {
  if (hunks.length > 0) return hunks;
  if (swaps.length === 0 && after?.length) return [hunk("", after.join(""))];
  return swaps.map(({ from, to }) => hunk(from, to));
}

function hunk(from: string, to: string): Hunk {
  const signed = (sign: string, text: string) =>
    text === ""
      ? []
      : text
          .replace(/\n$/, "")
          .split("\n")
          .map(line => sign + line);
  return { oldStart: 0, newStart: 0, lines: [...signed("-", from), ...signed("+", to)] };
}
