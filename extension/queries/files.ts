import { editsOfResult } from "../clean/edits.ts";
import { object, text } from "../clean/json.ts";
import { blocksOf } from "../clean/prompts.ts";
import type { Engine } from "../db/engine.ts";
import type { FileChange } from "../protocol.ts";
import type { Spot, Words } from "./words.ts";

export interface EditRow extends Spot {
  file: number;
  hash: string;
  name: string | null;
  step: string;
  change: FileChange["status"];
  added: number;
  removed: number;
  result_path: string | null;
  result_offset: number | null;
  result_length: number | null;
}

export const EDITS = `select e.file, i.hash, i.path as name, e.step, e.agent, coalesce(e.at, 0) as at, e.session,
    e.change, e.added, e.removed,
    s.offset, s.length, t.path, s.result_offset, s.result_length, g.path as result_path
  from edit e join file i on i.id = e.file left join step s on s.id = e.step
    left join source t on t.id = s.source left join source g on g.id = s.result_source`;
const OF_SESSION = "where e.session = ? order by e.at, e.step, i.hash";

/** The files that a session changed, with the sum of what it did to each. */
export function filesOf(
  db: Engine,
  session: number,
  words: Words,
  hash: (path: string) => string,
): FileChange[] {
  const files = new Map<number, FileChange & { isNew: boolean }>();
  for (const edit of db.all<EditRow>(`${EDITS} ${OF_SESSION}`, [session])) {
    const isNew = edit.change === "created" || edit.change === "renamed";
    const file = files.get(edit.file) ?? { path: "", added: 0, removed: 0, status: edit.change, isNew };
    file.path ||= pathOf(edit, words, hash);
    file.added += edit.added;
    file.removed += edit.removed;
    // What is made anew stays new however often it is changed.
    if (edit.change !== "changed" || file.status === "deleted") file.status = edit.change;
    files.set(edit.file, file);
  }
  return [...files.values()].flatMap(net).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What is left of it in the end, as git would say: of a file that was not there before, and of one that is gone. */
function net(file: FileChange & { isNew: boolean }): FileChange[] {
  const { path, added, removed, status, isNew } = file;
  const grown = added - removed;
  if (status === "deleted") return isNew ? [] : [{ path, added: 0, removed: Math.max(0, -grown), status }];
  return [isNew ? { path, added: Math.max(0, grown), removed: 0, status } : { path, added, removed, status }];
}

/** A path as the store keeps it, else by its hash among those that the call and its result name. */
export function pathOf(edit: EditRow, words: Words, hash: (path: string) => string): string {
  if (edit.name !== null) return edit.name;
  const block = blocksOf(words.line(edit)).find(block => block.id === edit.step);
  const input = object(block?.input);
  const asked = [text(input.file_path), text(input.notebook_path)];
  const result = { path: edit.result_path, offset: edit.result_offset, length: edit.result_length };
  const told = () =>
    editsOfResult(object(words.line(result).toolUseResult), new Uint8Array()).map(e => e.path);
  const is = (path: string | undefined) => path !== undefined && hash(path) === edit.hash;
  return asked.find(is) ?? told().find(is) ?? "";
}
