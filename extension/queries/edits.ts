import type { Engine } from "../db/engine.ts";
import type { Edit, EditsWanted } from "../questions.ts";
import { EDITS, type EditRow, pathOf } from "./files.ts";
import { hereIn, where } from "./where.ts";
import { Words } from "./words.ts";

interface Row extends EditRow {
  agent: string | null;
  at: number;
  id: string;
}

/** Who changed a file, or what a session changed, the last one first. */
export class Edits {
  readonly #db: Engine;
  readonly #folders: string[];
  readonly #hash: (path: string) => string;

  constructor(db: Engine, folders: string[], hash: (path: string) => string) {
    this.#db = db;
    this.#folders = folders;
    this.#hash = hash;
  }

  list({ session, file, limit = -1 }: EditsWanted): Edit[] {
    const wanted = where(
      hereIn(this.#folders),
      ["e.session = (select key from session where id = ?)", session],
      ["e.file = (select id from file where hash = ?)", file === undefined ? undefined : this.#hash(file)],
    );
    const rows = this.#db.all<Row>(
      `select e.*, o.id from (${EDITS}) e join session o on o.key = e.session left join source f on f.id = o.source
       where ${wanted.sql} order by e.at desc, e.step desc, e.hash limit ?`,
      [...wanted.params, limit],
    );
    using words = new Words(this.#db);
    return rows.map(row => ({
      ...{ sessionId: row.id, stepId: row.step, agentId: row.agent, at: row.at },
      ...{ path: file ?? pathOf(row, words, this.#hash), status: row.change },
      ...{ added: row.added, removed: row.removed },
    }));
  }
}
