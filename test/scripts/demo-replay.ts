import type { Json } from "../../.scripts/demo/line-shape.ts";

type Hunk = { oldStart: number; oldLines: number; newStart: number; newLines: number; lines: string[] };
type Change = { time: string; file: string; before: string | null | undefined; apply(text: string): string };

/** Applies hunks; throws when the text is not the one they were made from. */
function applyHunks(text: string, hunks: Hunk[]): string {
  const old = text.split("\n");
  const next: string[] = [];
  let taken = 0;
  for (const { oldStart, oldLines, newStart, newLines, lines } of hunks) {
    next.push(...old.slice(taken, oldStart - 1));
    const kept = lines.filter(line => !line.startsWith("+")).map(line => line.slice(1));
    const made = lines.filter(line => !line.startsWith("-")).map(line => line.slice(1));
    taken = oldStart - 1 + oldLines;
    if (kept.length !== oldLines || made.length !== newLines)
      throw new Error("a hunk counts its lines wrong");
    if (kept.join("\n") !== old.slice(oldStart - 1, taken).join("\n")) throw new Error("a hunk does not fit");
    if (next.length !== newStart - 1) throw new Error("a hunk starts elsewhere");
    next.push(...made);
  }
  return [...next, ...old.slice(taken)].join("\n");
}

function replaceIn(text: string, from: string, to: string, all: boolean): string {
  const parts = text.split(from);
  if (parts.length < 2 || (!all && parts.length > 2))
    throw new Error("the old text is not there exactly once");
  return parts.join(to);
}

function same(text: string, expected: string): string {
  if (text !== expected) throw new Error("patch and text disagree");
  return text;
}

// what the client wrote down beside the result, checked against what the model asked for
function recorded(time: string, result: Json): Change[] {
  const hunks = result.structuredPatch as Hunk[];
  const before = result.originalFile as string | null;
  const file = String(result.filePath);
  if (typeof result.oldString === "string") {
    const [from, to, all] = [result.oldString, String(result.newString), Boolean(result.replaceAll)];
    return [
      { time, file, before, apply: text => same(applyHunks(text, hunks), replaceIn(text, from, to, all)) },
    ];
  }
  if (typeof result.content === "string" && Array.isArray(hunks)) {
    const content = result.content;
    return [
      {
        time,
        file,
        before,
        apply: text => (before === null ? content : same(applyHunks(text, hunks), content)),
      },
    ];
  }
  const { files = [] } = (result.bashEditDiff ?? {}) as { files?: { filePath: string; hunks: Hunk[] }[] };
  return files.map(diff => ({
    time,
    file: diff.filePath,
    before: undefined,
    apply: text => applyHunks(text, diff.hunks),
  }));
}

// sub-agents leave no patches, only what they asked for
function asked(time: string, name: unknown, input: Json): Change[] {
  const file = String(input.file_path);
  if (name === "Write") return [{ time, file, before: undefined, apply: () => String(input.content) }];
  if (name !== "Edit") return [];
  const [from, to] = [String(input.old_string), String(input.new_string)];
  return [
    { time, file, before: undefined, apply: text => replaceIn(text, from, to, input.replace_all === true) },
  ];
}

function blocksOf(line: Json): Json[] {
  const { content } = (line.message ?? {}) as { content?: unknown };
  return Array.isArray(content) ? (content as Json[]) : [];
}

function changesOf(lines: Json[]): Change[] {
  const calls = new Map(
    lines.flatMap(blocksOf).flatMap(block => (block.type === "tool_use" ? [[block.id, block]] : [])),
  );
  return lines.flatMap(line => {
    const [block] = blocksOf(line);
    const call = calls.get(block?.tool_use_id);
    if (!call || block?.type !== "tool_result" || block.is_error) return [];
    const time = String(line.timestamp);
    if (line.isSidechain) return asked(time, call.name, call.input as Json);
    return typeof line.toolUseResult === "object" ? recorded(time, line.toolUseResult as Json) : [];
  });
}

/** Replays all changes of a project from its start in the order of time; what was read has to be what is there. */
export function replay(
  lines: Json[],
  start: (file: string) => string,
): { edits: number; problems: string[] } {
  const files = new Map<string, string>();
  const problems: string[] = [];
  const reads = lines.flatMap(line => {
    const { file } = (line.toolUseResult ?? {}) as { file?: { filePath: string; content: string } };
    return file ? [{ time: String(line.timestamp), ...file }] : [];
  });
  const changes = changesOf(lines).sort((a, b) => (a.time < b.time ? -1 : 1));
  const see = (time: string) => {
    for (const read of reads.splice(0, reads.filter(other => other.time < time).length)) {
      const known = files.get(read.filePath) ?? start(read.filePath);
      if (known !== read.content) problems.push(`${read.time} ${read.filePath} was read as it never was`);
    }
  };
  reads.sort((a, b) => (a.time < b.time ? -1 : 1));
  for (const { time, file, before, apply } of changes) {
    see(time);
    const text = files.get(file) ?? start(file);
    if (before !== undefined && (before ?? "") !== text) problems.push(`${time} ${file} was another before`);
    try {
      files.set(file, apply(text));
    } catch (error) {
      problems.push(`${time} ${file}: ${String(error)}`);
    }
  }
  see("9");
  return { edits: changes.length, problems };
}
