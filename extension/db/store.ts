import type { SqlValue } from "sql.js";
import { type Fact, ranks, type Tier, usageRank } from "../clean/facts.ts";
import { inBulk } from "./bulk.ts";
import { pack } from "./content.ts";
import type { Engine } from "./engine.ts";
import { Guesses } from "./guesses.ts";
import { Batch, type Content, type Rows } from "./merge.ts";
import { type Table, upsertOf } from "./rules.ts";

/** What the store keeps about a file that is read bit by bit. */
export interface Progress {
  /** The byte up to which it was read. */
  cursor: number;
  /** Its size and time when it was, and a fingerprint of its beginning: by them a change is seen. */
  size: number;
  modified: number;
  head: string;
  /** What its lines said that later ones need, as JSON. */
  memory: string;
}

/** What was counted in what was read just now. */
export interface Counted {
  /** Lines that could not be understood. */
  skipped: number;
  /** What this version does not know, and how often it was met. */
  unknown: Iterable<[string, number]>;
}

/** From so many rows on it is quicker to make the sums anew than to keep them row by row. */
const BULK = 400;

const COUNT_UNKNOWN = `insert into unknown (source, what, times) values (?, ?, ?)
  on conflict do update set times = times + excluded.times`;

/** Writes facts into rows. Every write is an upsert, so that reading a transcript twice changes nothing. */
export class Store {
  readonly #db: Engine;
  readonly #tier: Tier;
  readonly #guesses: Guesses;
  /** While much is written at once: notes the sessions whose sums are to be made anew. */
  #dirty: ((sessions: Iterable<number>) => void) | undefined;

  /** Keeps only what `tier` allows. */
  constructor(db: Engine, tier: Tier = 1) {
    this.#db = db;
    this.#tier = tier;
    this.#guesses = new Guesses(db);
  }

  /** How far a file was read. */
  progress(path: string): Progress | undefined {
    return this.#db.get<Progress>(
      "select cursor, size, modified, head, memory from source where path = ? and memory is not null",
      [path],
    );
  }

  /** How far all files were read, and what they looked like then. */
  seen(): Map<string, Pick<Progress, "cursor" | "size" | "modified">> {
    const rows = this.#db.all<Progress & { path: string }>(
      "select path, cursor, size, modified from source where memory is not null",
    );
    return new Map(rows.map(row => [row.path, row]));
  }

  /** Writes to several files' rows in one go: a commit costs the same for one line and for a thousand. */
  together<T>(rows: number, work: () => T): T {
    return this.#db.transaction(() => {
      if (rows < BULK || this.#dirty) return work();
      return inBulk(this.#db, dirty => {
        this.#dirty = dirty;
        try {
          return work();
        } finally {
          this.#dirty = undefined;
        }
      });
    });
  }

  /** Stores rows together with how far their file was read, so that the two can't differ after a crash. */
  write(path: string, rows: Rows, progress: Progress, counted: Counted): void {
    this.together(rows.size, () => {
      const { cursor, size, modified, head, memory } = progress;
      this.#db.run(
        `insert into source (path, cursor, size, modified, head, memory, skipped) values (?, ?, ?, ?, ?, ?, ?)
         on conflict (path) do update set cursor = excluded.cursor, size = excluded.size,
           modified = excluded.modified, head = excluded.head, memory = excluded.memory,
           skipped = skipped + excluded.skipped`,
        [path, cursor, size, modified, head, memory, counted.skipped],
      );
      const source = this.#sourceKey(path);
      for (const [what, times] of counted.unknown) this.#db.run(COUNT_UNKNOWN, [source ?? 0, what, times]);
      this.#writeRows(rows, source);
    });
  }

  /** Drops what was read of a transcript that was written anew, so that it is read from its start. */
  forget(path: string): void {
    const source = this.#sourceKey(path);
    if (source === undefined) return;
    this.#db.transaction(() => {
      const sessions = "select session from session_source where source = ?";
      this.#dirty?.(this.#db.all<{ session: number }>(sessions, [source]).map(row => row.session));
      const near = "session in (select session from session_source where source = ?1)";
      const fed = `${near} and source = ?1`;
      const lost = `${near} and step not in (select id from step where ${near})`;
      this.#db.run(`delete from prompt where ${fed}`, [source]);
      // What hooks or telemetry told of too is known without the transcript.
      const elsewhere = {
        step: `coalesce(duration_rank, 0) >= ${ranks.duration.hook}`,
        request: `usage_rank >= ${usageRank.telemetry}`,
      };
      for (const [table, told] of Object.entries(elsewhere)) {
        this.#db.run(`delete from ${table} where ${fed} and not coalesce(${told}, 0)`, [source]);
        this.#db.run(`update ${table} set source = null, offset = null, length = null where ${fed}`, [
          source,
        ]);
      }
      this.#db.run(
        `update step set result_source = null, result_offset = null, result_length = null
         where ${near} and result_source = ?1`,
        [source],
      );
      for (const table of ["failure", "edit", "git_commit", "pull_request"])
        this.#db.run(`delete from ${table} where ${lost}`, [source]);
      this.#db.run(
        `update session set title_rank = null, title_source = null, title_offset = null, title_length = null
         where title_source = ?1`,
        [source],
      );
      this.#db.run("update session set bill_rank = null, bill = null where source = ?1", [source]);
      this.#db.run("delete from unknown where source = ?1", [source]);
      this.#db.run("update source set cursor = 0, memory = null, skipped = 0 where id = ?1", [source]);
    });
  }

  /** Stores what came by itself, not from a file. */
  take(facts: Fact[]): void {
    this.#db.transaction(() => this.#writeRows(Batch.of(facts), undefined));
  }

  /** Counts something that this version does not know, and that no file told. */
  wonder(what: string, times = 1): void {
    this.#db.run(COUNT_UNKNOWN, [0, what, times]);
  }

  /** Lines that could not be understood, in all files. */
  skipped(): number {
    return this.#db.get<{ n: number }>("select coalesce(sum(skipped), 0) as n from source")?.n ?? 0;
  }

  /** What this version does not know, most often met first. */
  unknown(): { what: string; times: number }[] {
    return this.#db.all("select what, sum(times) as times from unknown group by what order by 2 desc, 1");
  }

  close(): void {
    this.#db.close();
  }

  #writeRows(rows: Rows, source: number | undefined): void {
    const sessions = this.#sessionKeys(rows.sessions);
    this.#dirty?.(sessions.values());
    const files = this.#fileKeys(rows);
    for (const [table, some] of rows.tables) {
      if (table === "file") continue;
      const { sql, columns } = upsertOf(table);
      const numbers = columns.map(name => numberOf(name, source, sessions, files));
      const owner = columns.indexOf(table === "session" ? "id" : "session");
      const known = some.filter(values => sessions.has(String(values[owner]))); // the user deleted the others
      this.#db.runAll(
        sql,
        known.map(values => numbers.map((number, i) => number(values[i] ?? null))),
      );
    }
    for (const content of rows.contents) this.#keep(content, sessions.get(content.session));
    if (source === undefined) this.#guesses.note(rows, session => sessions.get(session));
    this.#guesses.resolve(sessions.values());
    if (source === undefined) return;
    for (const session of sessions.values())
      this.#db.run("insert or ignore into session_source (source, session) values (?, ?)", [source, session]);
  }

  /** Words are kept if the tier lets them be. */
  #keep(fact: Content, session: number | undefined): void {
    if (fact.tier > this.#tier || session === undefined) return;
    const of = [session, fact.of, fact.owner];
    const { bytes, words } = pack(fact.text);
    this.#db.run("delete from content where session = ? and of = ? and owner = ?", of);
    this.#db.run("insert into content (session, of, owner, tier, bytes) values (?, ?, ?, ?, ?)", [
      ...of,
      fact.tier,
      bytes,
    ]);
    this.#db.run("insert into search (docid, words) values (last_insert_rowid(), ?)", [words]);
  }

  #sourceKey(path: string): number | undefined {
    return this.#db.get<{ id: number }>("select id from source where path = ?", [path])?.id;
  }

  /** The keys of sessions, without those that the user deleted. */
  #sessionKeys(ids: string[]): Map<string, number> {
    const keys = new Map<string, number>();
    for (const id of ids) {
      this.#db.run(
        "insert or ignore into session (id) select ?1 where ?1 not in (select id from deleted_session)",
        [id],
      );
      const key = this.#db.get<{ key: number }>("select key from session where id = ?", [id])?.key;
      if (key !== undefined) keys.set(id, key);
    }
    return keys;
  }

  /** The keys of the files that edits are of; a path is kept if the tier lets it be. */
  #fileKeys({ tables }: Rows): Map<string, number> {
    const rowsOf = (name: Table) => tables.find(([table]) => table === name)?.[1] ?? [];
    const paths = new Map(rowsOf("file").map(([hash, path]) => [String(hash), path]));
    const hashes = upsertOf("edit").columns.indexOf("file");
    const keys = new Map<string, number>();
    for (const hash of new Set(rowsOf("edit").map(edit => String(edit[hashes])))) {
      this.#db.run(upsertOf("file").sql, [hash, this.#tier > 1 ? (paths.get(hash) ?? null) : null]);
      keys.set(hash, this.#db.get<{ id: number }>("select id from file where hash = ?", [hash])?.id ?? 0);
    }
    return keys;
  }
}

/** How the values of a column become what the database keeps: ids that stand in every row are numbers there. */
function numberOf(
  column: string,
  source: number | undefined,
  sessions: Map<string, number>,
  files: Map<string, number>,
): (value: SqlValue) => SqlValue {
  const known = (number: number | undefined) => number ?? null;
  if (column.endsWith("source")) return value => value && known(source);
  if (column === "session") return value => known(sessions.get(String(value)));
  if (column === "file") return value => known(files.get(String(value)));
  return value => value;
}
