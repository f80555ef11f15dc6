import type { Fact } from "../clean/facts.ts";
import type { Engine } from "./engine.ts";
import { SCHEMA, TABLES } from "./schema.ts";
import { upserts } from "./upserts.ts";

/** Writes facts into rows. Every write is an upsert, so that reading a transcript twice changes nothing. */
export class Store {
  readonly #db: Engine;

  constructor(db: Engine) {
    this.#db = db;
    migrate(db);
  }

  /** The byte up to which a transcript was read. */
  cursor(path: string): number {
    return (
      this.#db.all<{ cursor: number }>("select cursor from source where path = ?", [path])[0]?.cursor ?? 0
    );
  }

  /** Stores facts together with how far the transcript was read, so that the two can't differ after a crash. */
  write(path: string, facts: Fact[], cursor: number, skipped: number): void {
    this.#db.transaction(() => {
      this.#db.run(
        `insert into source (path, cursor, skipped) values (?, ?, ?)
         on conflict (path) do update set cursor = excluded.cursor, skipped = skipped + excluded.skipped`,
        [path, cursor, skipped],
      );
      const source = this.#db.all<{ id: number }>("select id from source where path = ?", [path])[0]?.id ?? 0;
      for (const fact of facts) this.#write(fact, source);
    });
  }

  /** Drops what was read of a transcript that was written anew, so that it is read from its start. */
  forget(path: string): void {
    const source = "(select id from source where path = ?)";
    this.#db.transaction(() => {
      this.#db.run(`delete from prompt where source = ${source}`, [path]);
      this.#db.run(`delete from step where source = ${source}`, [path]);
      this.#db.run(`update session set title_rank = 0, title_source = null where title_source = ${source}`, [
        path,
      ]);
      this.#db.run("update source set cursor = 0, skipped = 0 where path = ?", [path]);
    });
  }

  /** Lines that were not JSON, in all transcripts. */
  skipped(): number {
    return this.#db.all<{ n: number }>("select coalesce(sum(skipped), 0) as n from source")[0]?.n ?? 0;
  }

  close(): void {
    this.#db.close();
  }

  #write<K extends Fact["kind"]>(fact: Extract<Fact, { kind: K }>, source: number): void {
    const { sql, params } = upserts[fact.kind as K];
    this.#db.run(sql, params(fact, source));
  }
}

function migrate(db: Engine): void {
  const version = db.all<{ user_version: number }>("pragma user_version")[0]?.user_version;
  if (version === SCHEMA) return;
  const tables = db.all<{ name: string }>("select name from sqlite_master where type = 'table'");
  for (const { name } of tables) db.run(`drop table ${name}`);
  for (const table of TABLES.split(";").filter(sql => sql.trim())) db.run(table);
  db.run(`pragma user_version = ${SCHEMA}`);
}
