import type { Chance } from "../../store/made-up/chance.ts";
import { type Call, failure, type Outcome, type Workshop } from "./call.ts";
import type { Part } from "./line-file.ts";
import { escaped, type Pool } from "./pool.ts";
import type { SourceFile } from "./source-files.ts";

/** Lines of a file that give way to some of `added`: as a diff says it, nothing of the one is in the other. */
interface Change {
  from: number;
  removed: number;
  added: { from: number; count: number };
}

const CONTEXT = 3;
const KNOWN = "(file state is current in your context — no need to Read it back)";

export function editFile(workshop: Workshop): Call {
  const { chance, material, cwd, agent } = workshop;
  const file = chance.pick(material.files);
  const path = escaped(`${cwd}/${file.path}`);
  const change = changeIn(file, chance, material.added);
  // A sub-agent's edit is known by its input alone, so what it takes and what it gives have no line in common.
  const lead = agent || change.from === 0 || chance.happens(0.5) ? 0 : 1;
  const old = oldText(file, change, lead);
  const given = [...context(file, change, lead), ...newText(change, material.added)];
  const input = [`{"replace_all":false,"file_path":"${path}","old_string":"`];
  const run = (): Outcome => {
    if (chance.happens(0.04)) return failure(["String to replace not found in file."]);
    const said = `"The file ${path} has been updated successfully. ${KNOWN}"`;
    const result = [
      ...[`{"filePath":"${path}","oldString":"`, ...old, '","newString":"', ...given, '","originalFile":"'],
      ...[file.plain.pieces(0, file.lines), '","structuredPatch":['],
      ...[...hunk(file, change, 0, material.added), '],"userModified":false,"replaceAll":false}'],
    ];
    return { content: [said], result, tokens: 60, edit: counted([change]) };
  };
  return { tool: "Edit", input: [...input, ...old, '","new_string":"', ...given, '"}'], run };
}

/** Makes a file, or gives one a new text; a sub-agent's line would not say what was there. */
export function writeFile(workshop: Workshop): Call {
  return workshop.agent || workshop.chance.happens(0.7) ? createFile(workshop) : replaceFile(workshop);
}

function createFile({ chance, material, cwd }: Workshop): Call {
  const file = chance.pick(material.files);
  const path = escaped(`${cwd}/new/${chance.letters(6)}-${file.path.replaceAll("/", "-")}`);
  const text = file.plain.pieces(0, file.lines);
  const run = (): Outcome => ({
    content: [`"File created successfully at: ${path} ${KNOWN}"`],
    result: [
      ...[`{"type":"create","filePath":"${path}","content":"`, text],
      '","structuredPatch":[],"originalFile":null,"userModified":false}',
    ],
    ...{ tokens: 60, edit: { added: file.lines, removed: 0 } },
  });
  return { tool: "Write", input: [`{"file_path":"${path}","content":"`, text, '"}'], run };
}

function replaceFile({ chance, material, cwd }: Workshop): Call {
  const file = chance.pick(material.files);
  const path = escaped(`${cwd}/${file.path}`);
  const changes = changesIn(file, chance, material.added);
  const text = changed(file, changes, material.added);
  const run = (): Outcome => {
    let moved = 0;
    const hunks = changes.flatMap((change, index) => {
      const lines = hunk(file, change, moved, material.added);
      moved += change.added.count - change.removed;
      return index === 0 ? lines : [",", ...lines];
    });
    const said = `"The file ${path} has been updated. ${KNOWN}"`;
    const result = [
      ...[`{"type":"update","filePath":"${path}","content":"`, ...text, '","structuredPatch":[', ...hunks],
      ...['],"originalFile":"', file.plain.pieces(0, file.lines), '","userModified":false}'],
    ];
    return { content: [said], result, tokens: 60, edit: counted(changes) };
  };
  return { tool: "Write", input: [`{"file_path":"${path}","content":"`, ...text, '"}'], run };
}

function changeIn(file: SourceFile, chance: Chance, added: Pool, from = 0, to = file.lines): Change {
  const at = chance.whole(from, to - 1);
  const removed = Math.min(to - at, chance.skewed(1, 30));
  const count = chance.skewed(1, 60);
  return { from: at, removed, added: { from: chance.whole(0, added.count - count), count } };
}

/** One in each part of the file, far enough from the next that each has a hunk of its own. */
function changesIn(file: SourceFile, chance: Chance, added: Pool): Change[] {
  const parts = Math.min(chance.whole(1, 5), Math.max(1, Math.floor(file.lines / (4 * CONTEXT))));
  const length = Math.floor(file.lines / parts);
  return Array.from({ length: parts }, (_, index) =>
    changeIn(file, chance, added, index * length, (index + 1) * length - (parts > 1 ? 2 * CONTEXT : 0)),
  );
}

function counted(changes: Change[]): { added: number; removed: number } {
  const sum = (of: (change: Change) => number) => changes.reduce((all, change) => all + of(change), 0);
  return { added: sum(change => change.added.count), removed: sum(change => change.removed) };
}

function context(file: SourceFile, { from }: Change, lead: number): Part[] {
  return lead > 0 ? [file.plain.pieces(from - lead, from)] : [];
}

/** The lines that give way, and how many before them, without the end of the last. */
function oldText(file: SourceFile, { from, removed }: Change, lead: number): Part[] {
  return [file.plain.pieces(from - lead, from + removed - 1), file.plain.line(from + removed - 1)];
}

function newText({ added: { from, count } }: Change, added: Pool): Part[] {
  return [added.pieces(from, from + count - 1), added.line(from + count - 1)];
}

/** The whole text of a file after some changes. */
function changed(file: SourceFile, changes: Change[], added: Pool): Part[] {
  let at = 0;
  const parts = changes.flatMap(change => {
    const kept = file.plain.pieces(at, change.from);
    at = change.from + change.removed;
    return [kept, added.pieces(change.added.from, change.added.from + change.added.count)];
  });
  return [...parts, file.plain.pieces(at, file.lines)];
}

/** A change with the lines around it; `moved` is how far earlier ones moved its lines down. */
function hunk(file: SourceFile, { from, removed, added }: Change, moved: number, pool: Pool): Part[] {
  const [begin, end] = [Math.max(0, from - CONTEXT), Math.min(file.lines, from + removed + CONTEXT)];
  const old = end - begin;
  const lines = (sign: string, of: Pool, first: number, last: number) =>
    Array.from({ length: last - first }, (_, index) => [`"${sign}`, of.line(first + index), '"']);
  const all = [
    ...lines(" ", file.plain, begin, from),
    ...lines("-", file.plain, from, from + removed),
    ...lines("+", pool, added.from, added.from + added.count),
    ...lines(" ", file.plain, from + removed, end),
  ];
  const place = `"oldStart":${begin + 1},"oldLines":${old},"newStart":${begin + moved + 1},"newLines":${old - removed + added.count}`;
  return [
    `{${place},"lines":[`,
    ...all.flatMap((line, index) => (index === 0 ? line : [",", ...line])),
    "]}",
  ];
}
