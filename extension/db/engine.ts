import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import initSqlJs, { type Database, type SqlValue, type Statement } from "sql.js";
import { reason } from "../base/expected-error.ts";

/** The few things the rest of the code needs of a database. */
export interface Engine {
  all<T>(sql: string, params?: SqlValue[]): T[];
  run(sql: string, params?: SqlValue[]): void;
  transaction(work: () => void): void;
  close(): void;
}

const SAVE_AFTER = 1000;

/** Opens the database in `file`, or in memory only without one. Throws when the file is not a database. */
export async function openEngine(
  wasm: Uint8Array,
  file: string | undefined,
  saved: (problem?: string) => void,
): Promise<Engine> {
  const SQL = await initSqlJs({ wasmBinary: wasm.slice().buffer });
  const db = new SQL.Database(file ? read(file) : undefined);
  const [check] = db.exec("pragma quick_check");
  if (check?.values[0]?.[0] !== "ok") throw new Error("The database is damaged.");
  return new SqlJsEngine(db, file, saved);
}

function read(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/**
 * sql.js in memory, saved whole a second after a change. A crash loses what came since the last save, and
 * nothing for good: the saved file holds how far each transcript was read, so that the rest is read again.
 */
class SqlJsEngine implements Engine {
  readonly #db: Database;
  readonly #file: string | undefined;
  readonly #saved: (problem?: string) => void;
  readonly #statements = new Map<string, Statement>();
  #timer: NodeJS.Timeout | undefined;

  constructor(db: Database, file: string | undefined, saved: (problem?: string) => void) {
    this.#db = db;
    this.#file = file;
    this.#saved = saved;
  }

  all<T>(sql: string, params: SqlValue[] = []): T[] {
    const statement = this.#prepare(sql);
    try {
      const rows: T[] = [];
      statement.bind(params);
      while (statement.step()) rows.push(statement.getAsObject() as T);
      return rows;
    } finally {
      statement.reset();
    }
  }

  run(sql: string, params: SqlValue[] = []): void {
    this.#prepare(sql).run(params);
    this.#timer ??= setTimeout(() => this.#save(), SAVE_AFTER);
  }

  transaction(work: () => void): void {
    this.#db.exec("begin");
    try {
      work();
      this.#db.exec("commit");
    } catch (error) {
      this.#db.exec("rollback");
      throw error;
    }
  }

  close(): void {
    if (this.#timer) this.#save();
    this.#db.close();
  }

  #prepare(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  /** Saves now; a save that fails is tried again with the next one. */
  #save(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#file) return;
    this.#statements.clear(); // export() frees them all
    try {
      writeWhole(this.#file, this.#db.export());
      this.#saved();
    } catch (error) {
      this.#saved(reason(error));
    }
  }
}

/** Replaces a file in one step: after a crash there is the old one or the new one, never half of one. */
function writeWhole(file: string, bytes: Uint8Array): void {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  try {
    const handle = openSync(draft, "w", 0o600);
    try {
      writeFileSync(handle, bytes); // all of it, or it throws
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}
