import { object, objects, text } from "../clean/json.ts";
import { Originals } from "../clean/originals.ts";
import { blocksOf, textIn } from "../clean/prompts.ts";
import { afterOf, beforeOf, type Told, toldOf } from "../clean/told.ts";
import type { Engine } from "../db/engine.ts";
import type { FileChange } from "../protocol.ts";
import { Evidence } from "./evidence.ts";
import { EDITS, type EditRow, pathOf } from "./files.ts";
import { hereIn, where } from "./where.ts";
import type { Words } from "./words.ts";

export interface StoryRow extends EditRow {
  agent: string | null;
  at: number;
  session: number;
  /** The session's own id. */
  id: string;
  tool: string | null;
  prompt: string | null;
}

/** A file before and after a step, as far as what is known of it proves itself: lines, and null where no file is. */
export interface Version {
  row: StoryRow;
  path: string;
  status: FileChange["status"];
  told: Told;
  before?: string[] | null;
  after?: string[] | null;
}

export type ExactVersion = Version & { before: string[] | null; after: string[] | null };

export function isExact(version: Version): version is ExactVersion {
  return version.before !== undefined && version.after !== undefined;
}

/** Of a file that was changed very often, or is very large, only the last edits are looked at: so much is read. */
const MOST_BYTES = 256 * 1024 * 1024;

/** What became of a file, step by step. */
export class Stories {
  readonly #db: Engine;
  readonly #folders: string[];
  readonly #hash: (path: string) => string;

  constructor(db: Engine, folders: string[], hash: (path: string) => string) {
    this.#db = db;
    this.#folders = folders;
    this.#hash = hash;
  }

  /** The edits of a file by whoever made them, the first one first. */
  rowsOf(file: number): StoryRow[] {
    const rows = this.#rows("e.file = ?", file);
    let bytes = 0;
    const tooFar = rows.findLastIndex(row => {
      bytes += (row.length ?? 0) + (row.result_length ?? 0);
      return bytes > MOST_BYTES;
    });
    return rows.slice(tooFar + 1);
  }

  rowsOfStep(session: string, step: string): StoryRow[] {
    return this.#rows("e.session = (select key from session where id = ?) and e.step = ?", session, step);
  }

  rowsOfSession(session: string): StoryRow[] {
    return this.#rows("e.session = (select key from session where id = ?)", session);
  }

  fileOf(path: string): number | undefined {
    const sql = "select id from file where hash = ?";
    return this.#db.get<{ id: number }>(sql, [this.#hash(path)])?.id;
  }

  /** What its own lines tell of a step: often that is all of it. */
  alone(row: StoryRow, words: Words, originals = new Originals(), known = ""): Version {
    const path = known || pathOf(row, words, this.#hash);
    const told = path === "" ? { hunks: [], swaps: [] } : toldIn(row, path, words, originals);
    const { before } = told;
    const after = before ? afterIn(told, before) : told.after;
    return {
      ...{ row, path, told, status: row.change },
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
    };
  }

  /** All that was done to a file, by its rows, where one step may prove what another leaves open. */
  whole(rows: StoryRow[], words: Words): Version[] {
    const originals = new Originals();
    let path = "";
    const versions = rows.map(row => {
      const version = this.alone(row, words, originals, path);
      path = version.path;
      originals.expect(version.after);
      return version;
    });
    const evidence = new Evidence(this.#db, words);
    for (const [i, version] of versions.entries()) {
      if (isExact(version)) continue;
      for (const before of evidence.before(version, versions[i - 1])) if (goesOn(version, before)) break;
    }
    for (const [i, version] of [...versions.entries()].reverse()) {
      if (isExact(version)) continue;
      const next = versions[i + 1];
      const after = next ? next.before : evidence.now(version);
      if (after) goesBack(version, after);
    }
    return versions;
  }

  #rows(condition: string, ...params: (string | number)[]): StoryRow[] {
    const wanted = where(hereIn(this.#folders), [condition, ...params]);
    return this.#db.all<StoryRow>(
      `select e.*, o.id, x.name as tool, x.prompt from (${EDITS}) e join session o on o.key = e.session
       left join source f on f.id = o.source left join step x on x.id = e.step
       where ${wanted.sql} order by e.at, x.result_offset, e.step`,
      wanted.params,
    );
  }
}

function toldIn(row: StoryRow, path: string, words: Words, originals: Originals): Told {
  const call = blocksOf(words.wholeLine(row) ?? {}).find(block => block.id === row.step);
  const bytes = words.bytes({
    ...{ path: row.result_path, offset: row.result_offset, length: row.result_length },
  });
  const { line, lines } = originals.read(bytes ?? Buffer.alloc(0));
  const block = blocksOf(line ?? {}).find(block => block.tool_use_id === row.step);
  const said = text(block?.content) ?? textIn(objects(block?.content));
  return toldOf(row.tool ?? "", object(call?.input), object(line?.toolUseResult), { said, path, lines });
}

function afterIn(told: Told, before: string[]): string[] | null | undefined {
  return told.after === undefined ? afterOf(told, before) : told.after;
}

/** Fills in what follows from the text before; answers whether it fits. */
function goesOn(version: Version, before: string[]): boolean {
  const after = afterIn(version.told, before);
  if (after === undefined) return false;
  Object.assign(version, { before, after });
  return true;
}

function goesBack(version: Version, after: string[]): void {
  const before = beforeOf(version.told, after);
  if (before !== undefined) Object.assign(version, { before, after });
}
