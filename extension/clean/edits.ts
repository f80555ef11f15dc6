import type { Change, Lines } from "./facts.ts";
import { isObject, type Json, object, objects, text } from "./json.ts";
import { diffLines } from "./line-diff.ts";
import { countLineEnds } from "./skim.ts";

/** What a tool call did to a file. */
export interface Edit extends Lines {
  path: string;
  change: Change;
}

/** The tools that change the one file that their input names. */
const EDITORS = new Set(["Edit", "MultiEdit", "NotebookEdit", "Write"]);

export function isEditor(tool: string): boolean {
  return EDITORS.has(tool);
}

/** The edits that a result tells of; `bytes` is the line that it was parsed from. */
export function editsOfResult(result: Json, bytes: Uint8Array): Edit[] {
  if (isObject(result.bashEditDiff)) return editsOfBash(objects(result.bashEditDiff.files));
  const path = text(result.filePath) ?? text(result.notebook_path);
  if (path === undefined) return [];
  if (result.type === "create")
    return [{ path, change: "created", added: countLines(text(result.content) ?? "", bytes), removed: 0 }];
  if (Array.isArray(result.structuredPatch))
    return [{ path, change: "changed", ...countHunks(objects(result.structuredPatch)) }];
  const [before, after] = [text(result.original_file), text(result.updated_file)];
  if (before === undefined || after === undefined) return [];
  return [{ path, change: "changed", ...diffLines(before, after) }];
}

/** Git's own renaming comes as a file that went and one with the same lines that came. */
function editsOfBash(files: Json[]): Edit[] {
  const content = (file: Json, sign: string) =>
    file[sign] === true && JSON.stringify(linesOf(file).map(rest));
  const gone = new Set(files.map(file => content(file, "deleted")));
  return files.flatMap(file => {
    const path = text(file.filePath);
    if (path === undefined) return [];
    const came = content(file, "created");
    const change =
      came && gone.has(came) ? "renamed" : came ? "created" : file.deleted ? "deleted" : "changed";
    return [{ path, change, ...countHunks(objects(file.hunks)) }];
  });
}

function linesOf(file: Json): string[] {
  return objects(file.hunks).flatMap(hunk => (Array.isArray(hunk.lines) ? hunk.lines.map(String) : []));
}

function rest(line: string): string {
  return line.slice(1);
}

function countHunks(hunks: Json[]): Lines {
  let [added, removed] = [0, 0];
  for (const hunk of hunks) {
    for (const line of Array.isArray(hunk.lines) ? hunk.lines : []) {
      if (typeof line !== "string") continue;
      if (line.startsWith("+")) added++;
      else if (line.startsWith("-")) removed++;
    }
  }
  return { added, removed };
}

/** A last line counts with and without a line end. */
function countLines(content: string, bytes: Uint8Array): number {
  if (content === "") return 0;
  return countLineEnds(content, bytes) + (content.endsWith("\n") ? 0 : 1);
}

/** The edit that a call asked for, where no result says what came of it; `before` is the file, if it was shown. */
export function editOfInput(tool: string, input: Json, said: string, before?: string): Edit | undefined {
  const path = text(input.file_path) ?? text(input.notebook_path);
  if (path === undefined) return undefined;
  if (tool === "Write") {
    const content = text(input.content) ?? "";
    if (before !== undefined) return { path, change: "changed", ...diffLines(before, content) };
    const change = /^File created/.test(said) ? "created" : "changed";
    return { path, change, added: countLines(content, new Uint8Array()), removed: 0 };
  }
  if (tool === "NotebookEdit") return { path, change: "changed", ...cellEdit(input) };
  const edits = tool === "MultiEdit" ? objects(input.edits) : [input];
  const counts = edits.map(edit => {
    const old = text(edit.old_string) ?? "";
    if (edit.replace_all === true && old !== "" && before?.includes(old))
      return diffLines(
        before,
        before.replaceAll(old, () => written(edit, path)),
      );
    return diffLines(old, written(edit, path));
  });
  return { path, change: "changed", added: sum(counts, "added"), removed: sum(counts, "removed") };
}

/** What is written is not what was asked for: the client takes blanks off the ends of lines, save in Markdown. */
export function written(edit: Json, path: string): string {
  const asked = text(object(edit).new_string) ?? "";
  return /\.mdx?$/.test(path) ? asked : asked.replace(/[^\S\r\n]+$/gm, "");
}

function cellEdit(input: Json): Lines {
  const lines = (text(input.new_source) ?? "").split("\n").length;
  return input.edit_mode === "delete" ? { added: 0, removed: 1 } : { added: lines, removed: 0 };
}

function sum(counts: Lines[], of: keyof Lines): number {
  return counts.reduce((all, count) => all + count[of], 0);
}
