import type { Engine } from "../db/engine.ts";
import { EDITS, type EditRow, pathOf } from "./files.ts";
import { Words } from "./words.ts";

/**
 * The paths of all files that were ever changed. The store keeps only their hashes, so that each is read once where
 * it was changed first, and is known for as long as the recorder runs.
 */
export class FileNames {
  readonly #db: Engine;
  readonly #hash: (path: string) => string;
  readonly #paths = new Map<number, string>();

  constructor(db: Engine, hash: (path: string) => string) {
    this.#db = db;
    this.#hash = hash;
  }

  /** Those that have a text in their path, in any case. */
  named(text: string): number[] {
    this.#learn();
    const wanted = text.toLowerCase();
    return [...this.#paths].filter(([, path]) => path.includes(wanted)).map(([file]) => file);
  }

  #learn(): void {
    using words = new Words(this.#db);
    const first = "where e.rowid in (select min(rowid) from edit group by file)";
    for (const edit of this.#db.all<EditRow>(`${EDITS} ${first}`)) {
      if (this.#paths.has(edit.file)) continue;
      const path = pathOf(edit, words, this.#hash);
      // A transcript that is away now may come back.
      if (path !== "") this.#paths.set(edit.file, path.toLowerCase());
    }
  }
}
