import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { SqlValue } from "sql.js";
import { unpackWords } from "../../../../extension/db/content.ts";
import type { Engine } from "../../../../extension/db/engine.ts";
import { SETUP } from "../../../../extension/db/setup.ts";

/** An engine with nothing around SQLite: what of ours sees to many windows and lost files, it leaves out. */
export class NodeEngine implements Engine {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #inTransaction = false;
  onTrouble = () => {};

  constructor(file: string) {
    this.#db = new DatabaseSync(file);
    this.#db.function("unpack_words", unpackWords);
    // As our own engine, except that SQLite itself moves its log into the database.
    this.#db.exec(`${SETUP} pragma wal_autocheckpoint = 1000;`);
  }

  all<T>(sql: string, params: SqlValue[] = []): T[] {
    return this.#prepare(sql).all(...params) as T[];
  }

  get<T>(sql: string, params: SqlValue[] = []): T | undefined {
    return this.#prepare(sql).get(...params) as T | undefined;
  }

  run(sql: string, params: SqlValue[] = []): void {
    this.#prepare(sql).run(...params);
  }

  runAll(sql: string, rows: Iterable<SqlValue[]>): void {
    const statement = this.#prepare(sql);
    this.transaction(() => {
      for (const row of rows) statement.run(...row);
    });
  }

  exec(sql: string): void {
    this.#db.exec(sql);
  }

  transactionSoon<T>(work: () => T): T {
    return this.transaction(work);
  }

  transaction<T>(work: () => T): T {
    if (this.#inTransaction) return work();
    this.#inTransaction = true;
    this.exec("begin immediate");
    try {
      const result = work();
      this.exec("commit");
      return result;
    } catch (error) {
      this.exec("rollback");
      throw error;
    } finally {
      this.#inTransaction = false;
    }
  }

  close(): void {
    this.#db.close();
  }

  assertOurs(): void {}
  assertSound(): void {}
  checkpoint(): void {}
  copyTo(): void {}
  compact(): void {}
  abandon(): void {}

  #prepare(sql: string): StatementSync {
    const statement = this.#statements.get(sql) ?? this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
