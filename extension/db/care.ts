import { existsSync, rmSync, statSync, writeFileSync } from "node:fs";
import type { Tier } from "../clean/facts.ts";
import type { Redactor } from "../clean/redact.ts";
import { logOf } from "./claim.ts";
import { pack, unpack } from "./content.ts";
import type { Engine } from "./engine.ts";

// The sums come last: until then the triggers keep them.
const OF_SESSION =
  "alert content guess edit failure step prompt request agent copy git_commit pull_request session_source sums edited ledger".split(
    " ",
  );

/**
 * Takes out of the store what shall not be in it any longer. What is deleted is not read again from transcripts
 * that still have it. The bytes are gone only when the store has been compacted.
 */
export class Care {
  readonly #db: Engine;
  readonly #file: string;
  /** A file that is there from a deletion until the store was compacted. */
  readonly #debt: string;

  constructor(db: Engine, file: string) {
    this.#db = db;
    this.#file = file;
    this.#debt = `${file}.to-compact`;
  }

  /** True when something was deleted and its bytes are not gone yet, as after a crash in between. */
  get owesCompacting(): boolean {
    return existsSync(this.#debt);
  }

  /** Deletes sessions with all that is known about them, for good; answers how many there were. */
  deleteSessions(ids: string[]): number {
    return this.#deleteAll(ids, id => {
      this.#db.run("insert or ignore into deleted_session (id) values (?)", [id]);
      this.#db.run("delete from retry where instr(line, ?)", [id]);
    });
  }

  deleteProject(project: string): number {
    return this.deleteSessions(this.#idsWhere("project = ?", [project]));
  }

  /** Deletes sessions that have not been at work since `before`; if one is resumed it is recorded again. */
  deleteOlder(before: number): number {
    return this.#deleteAll(this.#idsWhere("ended_at < ?", [before]));
  }

  /** Deletes the words that a lower privacy tier does not let us keep; answers of how many things. */
  lowerTier(to: Tier): number {
    writeFileSync(this.#debt, "");
    return this.#db.transaction(() => {
      const before = this.#count("content where tier > ?", [to]);
      this.#db.run("delete from content where tier > ?", [to]);
      if (to > 1) return before;
      const paths = this.#count("file where path is not null", []);
      this.#db.run("update file set path = null where path is not null");
      this.#db.run("update session set branch = null where branch is not null");
      return before + paths;
    });
  }

  /** What the store and its log take on the disk, in bytes. */
  get size(): number {
    const sizeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    return sizeOf(this.#file) + sizeOf(logOf(this.#file));
  }

  /** Takes out of the words that were kept what is a secret by now. */
  redact(redactor: Redactor): void {
    writeFileSync(this.#debt, "");
    this.#db.transaction(() => {
      for (const { id } of this.#db.all<{ id: number }>("select id from content"))
        this.#redactContent(id, redactor);
      this.#redactColumn("file", "path", redactor);
      this.#redactColumn("session", "branch", redactor);
    });
  }

  #redactContent(id: number, redactor: Redactor): void {
    const row = this.#db.get<{ bytes: Uint8Array }>("select bytes from content where id = ?", [id]);
    const text = row ? unpack(row.bytes) : "";
    const clean = redactor.redact(text);
    if (clean === text) return;
    const { bytes, words } = pack(clean);
    this.#db.run("delete from search where docid = ?", [id]); // goes by the former words
    this.#db.run("update content set bytes = ? where id = ?", [bytes, id]);
    this.#db.run("insert into search (docid, words) values (?, ?)", [id, words]);
  }

  #redactColumn(table: "file" | "session", column: "path" | "branch", redactor: Redactor): void {
    const rows = this.#db.all<{ word: string }>(
      `select distinct ${column} as word from ${table} where ${column} is not null`,
    );
    for (const { word } of rows) {
      const clean = redactor.redact(word);
      if (clean !== word)
        this.#db.run(`update ${table} set ${column} = ? where ${column} = ?`, [clean, word]);
    }
  }

  /** Writes the store anew without what was deleted; answers its size before and after, in bytes. */
  compact(): { before: number; after: number } {
    const before = this.size;
    // The index keeps words of deleted texts until it is merged.
    this.#db.run("insert into search (search) values ('optimize')");
    this.#db.run("delete from file where id not in (select file from edit)");
    this.#db.run(
      "delete from sums where requests = 0 and steps = 0 and prompts = 0 and edits = 0 and failures = 0 and commits = 0 and pulls = 0 and agents = 0",
    );
    this.#db.run("delete from edited where edits = 0");
    this.#db.run(
      "delete from alert where project not in (select project from session where project is not null)",
    );
    this.#db.compact();
    rmSync(this.#debt, { force: true });
    return { before, after: statSync(this.#file).size };
  }

  #deleteAll(ids: string[], forGood: (id: string) => void = () => {}): number {
    if (ids.length > 0) writeFileSync(this.#debt, "");
    return this.#db.transaction(() => {
      const known = ids.filter(id => this.#deleteSession(id));
      for (const id of known) forGood(id);
      return known.length;
    });
  }

  #deleteSession(id: string): boolean {
    const key = this.#db.get<{ key: number }>("select key from session where id = ?", [id])?.key;
    if (key === undefined) return false;
    for (const table of OF_SESSION) this.#db.run(`delete from ${table} where session = ?`, [key]);
    this.#db.run("delete from session where key = ?", [key]);
    return true;
  }

  #idsWhere(condition: string, params: (string | number)[]): string[] {
    return this.#db
      .all<{ id: string }>(`select id from session where ${condition}`, params)
      .map(row => row.id);
  }

  #count(from: string, params: number[]): number {
    return this.#db.get<{ n: number }>(`select count(*) as n from ${from}`, params)?.n ?? 0;
  }
}
