import { closeSync, existsSync, fstatSync, openSync, readFileSync } from "node:fs";
import { basename, join, sep } from "node:path";
import { object, objects, parseObject, text } from "../clean/json.ts";
import { plainLines } from "../clean/patch.ts";
import { blocksOf, textIn } from "../clean/prompts.ts";
import { fileIn } from "../clean/user.ts";
import type { Engine } from "../db/engine.ts";
import type { Version } from "./story.ts";
import type { Spot, Words } from "./words.ts";

interface Read extends Spot {
  id: string;
  at: number;
  result_path: string | null;
  result_offset: number | null;
  result_length: number | null;
}

// An agent must have read a file before it may change it, and read it again when somebody else changed it.
const READS = `select x.id, coalesce(x.at, 0) as at, x.offset, x.length, f.path, g.path as result_path,
    x.result_offset, x.result_length
  from step x left join source f on f.id = x.source left join source g on g.id = x.result_source
  where x.session = ? and x.name = 'Read' and x.status = 'ok' and x.agent is ? and x.at <= ?
  order by x.at desc limit 200`;

/** The client shows no more lines of a file than these, and no longer ones, unless it is asked to. */
const SHOWN = 2000;
const MOST_BYTES = 64 * 1024 * 1024;
/** A file that was changed later than this after a step is not what the step left. */
const AT_ONCE = 2000;

/** What else than its own lines tells how a file was before or after a step. */
export class Evidence {
  readonly #db: Engine;
  readonly #words: Words;

  constructor(db: Engine, words: Words) {
    this.#db = db;
    this.#words = words;
  }

  /** What may have been before a step, the surest first. */
  *before(version: Version, previous: Version | undefined): Generator<string[]> {
    const read = this.#read(version);
    const since = previous?.row.at ?? 0;
    if (read && read.at >= since) yield read.lines;
    if (previous?.after) yield previous.after;
    // What replaces everything fits any text, so that no backup is known to be the right one.
    if (version.told.after === undefined) yield* this.#backups(version);
  }

  /** The file as it is, when nobody has changed it since the step. */
  now({ path, row }: Version): string[] | undefined {
    return linesIn(path, row.at + AT_ONCE);
  }

  #read({ row, path }: Version): { lines: string[]; at: number } | undefined {
    for (const read of this.#db.all<Read>(READS, [row.session, row.agent, row.at])) {
      const input = object(blocksOf(this.#words.line(read)).find(block => block.id === read.id)?.input);
      if (input.file_path !== path) continue;
      const shown = this.#shown(read, input.offset === undefined && input.limit === undefined);
      if (shown !== undefined) return { lines: plainLines(shown), at: read.at };
    }
    return undefined;
  }

  #shown(read: Read, all: boolean): string | undefined {
    const { result_path: path, result_offset: offset, result_length: length } = read;
    const line = this.#words.wholeLine({ path, offset, length });
    const file = object(object(line?.toolUseResult).file);
    if (file.startLine === 1 && file.numLines === file.totalLines) return text(file.content);
    const block = blocksOf(line ?? {}).find(block => block.tool_use_id === read.id);
    const shown = fileIn(text(block?.content) ?? textIn(objects(block?.content)));
    const lines = shown?.split("\n") ?? [];
    return all && lines.length < SHOWN && lines.every(line => line.length < SHOWN) ? shown : undefined;
  }

  /** The client keeps copies of files that it is about to change, under names that only the transcript explains. */
  #backups({ row, path }: Version): string[][] {
    const [home, inside] = (row.path ?? "").split(`${sep}projects${sep}`);
    const folder = join(home ?? "", "file-history", row.id);
    if (inside === undefined || !existsSync(folder)) return [];
    const main = (row.path ?? "").replace(/([\\/]subagents[\\/][^\\/]+)?\.jsonl$/, ".jsonl");
    return backupsIn(textOf(main) ?? "", path, row.at).flatMap(name => {
      const lines = linesIn(join(folder, basename(name)));
      return lines ? [lines] : [];
    });
  }
}

/** The names of the copies of a file, the last one before `at` first. */
function backupsIn(transcript: string, path: string, at: number): string[] {
  const lines = transcript.split("\n").filter(line => line.includes('"type":"file-history-'));
  const told = lines.flatMap(line => {
    const { trackingPath, backup, snapshot } = parseObject(line) ?? {};
    return [[trackingPath, backup], ...Object.entries(object(object(snapshot).trackedFileBackups))];
  });
  const mine = told.flatMap(([name, backup]) => {
    const { backupFileName, backupTime, realParentDir } = object(backup);
    const is = join(text(realParentDir) ?? "", basename(text(name) ?? "")) === path;
    const made = Date.parse(text(backupTime) ?? "");
    return is && made <= at ? [{ name: text(backupFileName) ?? "", made }] : [];
  });
  return mine.sort((a, b) => b.made - a.made).map(({ name }) => name);
}

function linesIn(path: string, since?: number): string[] | undefined {
  const text = textOf(path, since);
  return text === undefined ? undefined : plainLines(text);
}

/** A text file, unless it was changed since. */
function textOf(path: string, since = Number.POSITIVE_INFINITY): string | undefined {
  try {
    const file = openSync(path, "r");
    try {
      const { size, mtimeMs } = fstatSync(file);
      if (size > MOST_BYTES || mtimeMs > since) return undefined;
      const text = readFileSync(file, "utf8");
      return text.includes("\0") ? undefined : text;
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}
