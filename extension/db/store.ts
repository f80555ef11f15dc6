import type { SqlValue } from "sql.js";
import { type Fact, sourceRanks, type Tier } from "../clean/facts.ts";
import { pack } from "./content.ts";
import type { Engine } from "./engine.ts";
import { type Keys, type Row, rowOf } from "./rows.ts";
import { upsertOf } from "./rules.ts";

/** What the store keeps about a file that is read bit by bit. */
export interface Progress {
  /** The byte up to which it was read. */
  cursor: number;
  /** Lines in what was read just now that could not be understood. */
  skipped: number;
}

/** Writes facts into rows. Every write is an upsert, so that reading a transcript twice changes nothing. */
export class Store {
  readonly #db: Engine;
  readonly #tier: Tier;

  /** Keeps only what `tier` allows. */
  constructor(db: Engine, tier: Tier = 1) {
    this.#db = db;
    this.#tier = tier;
  }

  /** The byte up to which a file was read. */
  cursor(path: string): number {
    return this.#db.get<{ cursor: number }>("select cursor from source where path = ?", [path])?.cursor ?? 0;
  }

  /** Stores facts together with how far their file was read, so that the two can't differ after a crash. */
  write(path: string, facts: Fact[], progress: Progress): void {
    this.#db.transaction(() => {
      this.#db.run(
        `insert into source (path, cursor, skipped) values (?, ?, ?)
         on conflict (path) do update set cursor = excluded.cursor, skipped = skipped + excluded.skipped`,
        [path, progress.cursor, progress.skipped],
      );
      this.#writeFacts(facts, this.#sourceKey(path));
    });
  }

  /** Drops what was read of a transcript that was written anew, so that it is read from its start. */
  forget(path: string): void {
    this.#db.transaction(() => {
      const source = this.#sourceKey(path);
      if (source === undefined) return;
      const near = "session in (select session from session_source where source = ?1)";
      const fed = `${near} and source = ?1`;
      const lost = `${near} and (session, step) not in (select session, id from step where ${near})`;
      this.#db.run(`delete from prompt where ${fed}`, [source]);
      // What hooks or telemetry told of too is known without the transcript.
      const elsewhere = `max(coalesce(status_rank, 0), coalesce(duration_rank, 0)) >= ${sourceRanks.hook}`;
      this.#db.run(`delete from step where ${fed} and not ${elsewhere}`, [source]);
      this.#db.run(`update step set source = null, offset = null, length = null where ${fed}`, [source]);
      this.#db.run(
        `update step set result_source = null, result_offset = null, result_length = null
         where ${near} and result_source = ?1`,
        [source],
      );
      for (const table of ["failure", "edit"]) this.#db.run(`delete from ${table} where ${lost}`, [source]);
      this.#db.run("update session set title_rank = null, title_source = null where title_source = ?1", [
        source,
      ]);
      this.#db.run("update source set cursor = 0, skipped = 0 where id = ?", [source]);
    });
  }

  /** Stores what came by itself, not from a file. */
  take(facts: Fact[]): void {
    this.#db.transaction(() => this.#writeFacts(facts, undefined));
  }

  /** Lines that could not be understood, in all files. */
  skipped(): number {
    return this.#db.get<{ n: number }>("select coalesce(sum(skipped), 0) as n from source")?.n ?? 0;
  }

  close(): void {
    this.#db.close();
  }

  #writeFacts(facts: Fact[], source: number | undefined): void {
    const sessions = this.#sessionKeys(facts);
    const keys: Keys = {
      source,
      file: (hash, path) => this.#fileKey(hash, path),
      session: id => sessions.get(id) ?? 0,
    };
    for (const fact of facts) {
      if (!sessions.has(fact.session)) continue; // the user deleted it
      if (fact.kind === "content") this.#keep(fact, keys);
      else this.#upsert(rowOf(fact, keys));
    }
    if (source === undefined) return;
    for (const session of sessions.values())
      this.#db.run("insert or ignore into session_source (source, session) values (?, ?)", [source, session]);
  }

  #upsert({ table, values }: Row): void {
    const known: Record<string, SqlValue | undefined> = values;
    const { sql, columns } = upsertOf(table);
    this.#db.run(
      sql,
      columns.map(column => known[column] ?? null),
    );
  }

  /** Words are kept if the tier lets them be. */
  #keep(fact: Extract<Fact, { kind: "content" }>, keys: Keys): void {
    if (fact.tier > this.#tier) return;
    const of = [keys.session(fact.session), fact.of, fact.owner];
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

  /** The keys of the sessions that facts are about, without those that the user deleted. */
  #sessionKeys(facts: Fact[]): Map<string, number> {
    const keys = new Map<string, number>();
    for (const id of new Set(facts.map(fact => fact.session))) {
      this.#db.run(
        "insert or ignore into session (id) select ?1 where ?1 not in (select id from deleted_session)",
        [id],
      );
      const key = this.#db.get<{ key: number }>("select key from session where id = ?", [id])?.key;
      if (key !== undefined) keys.set(id, key);
    }
    return keys;
  }

  #fileKey(hash: Uint8Array, path: string | undefined): number {
    this.#upsert({ table: "file", values: { hash, path: this.#tier > 1 ? path : undefined } });
    return this.#db.get<{ id: number }>("select id from file where hash = ?", [hash])?.id ?? 0;
  }
}
