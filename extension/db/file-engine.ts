import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Database, SqlValue, Statement } from "sql.js";
import { syncFile, syncFolderOf } from "../base/durable.ts";
import { errorCode, reason } from "../base/expected-error.ts";
import { rowsOf } from "./answer.ts";
import { checkpointMarker, identity, logOf, movedLogOf } from "./claim.ts";
import { unpackWords } from "./content.ts";
import type { Engine } from "./engine.ts";
import { keepOthersOut, letOthersIn } from "./neighbours.ts";
import { OpenLog } from "./open-log.ts";
import { SETUP } from "./setup.ts";
import type { SQLite } from "./sqlite.ts";
import { StoreError, storeError } from "./trouble.ts";
import type { Writer } from "./writer.ts";

/** Opens the database in `file`, which was claimed before; `rescued` hears when the file had to be written anew. */
export function openEngine(sqlite: SQLite, file: string, rescued: () => void = () => {}): Engine {
  return new FileEngine(sqlite, file, rescued);
}

class FileEngine implements Engine {
  readonly #sqlite: SQLite;
  readonly #file: string;
  readonly #rescued: () => void;
  onTrouble: (error: StoreError) => void = () => {};
  readonly #statements = new Map<string, Statement>();
  readonly #writers = new Map<string, Writer>();
  #db: Database;
  // Which files were opened, whatever is found under their names later.
  #database: string | undefined;
  #log: OpenLog | undefined;
  #inTransaction = false;
  #closed = false;

  constructor(sqlite: SQLite, file: string, rescued: () => void) {
    this.#sqlite = sqlite;
    this.#file = file;
    this.#rescued = rescued;
    this.#db = this.#open();
  }

  all<T>(sql: string, params: SqlValue[] = []): T[] {
    return this.#translated(() => {
      const statement = this.#prepare(sql);
      try {
        statement.bind(params);
        return rowsOf(statement);
      } finally {
        statement.reset();
      }
    });
  }

  get<T>(sql: string, params?: SqlValue[]): T | undefined {
    return this.all<T>(sql, params)[0];
  }

  run(sql: string, params: SqlValue[] = []): void {
    this.transaction(() => this.#translated(() => this.#prepare(sql).run(params)));
  }

  runAll(sql: string, rows: Iterable<SqlValue[]>): void {
    this.transaction(() =>
      this.#translated(() => {
        const writer = this.#writers.get(sql) ?? this.#sqlite.writer(this.#db, sql);
        this.#writers.set(sql, writer);
        for (const row of rows) writer.run(row);
      }),
    );
  }

  exec(sql: string): void {
    this.#translated(() => this.#db.run(sql));
  }

  transaction<T>(work: () => T): T {
    if (this.#inTransaction) return work();
    const before = this.#log?.end ?? 0;
    const result = this.#commit(work);
    if (!this.#log?.isInPlace || identity(this.#file) !== this.#database) this.assertOurs();
    if (this.#log?.isFull(before)) this.#checkpointOrLater();
    return result;
  }

  transactionSoon<T>(work: () => T): T {
    if (this.#inTransaction) return work();
    this.exec("pragma synchronous = normal");
    try {
      return this.transaction(work);
    } finally {
      this.exec("pragma synchronous = full");
    }
  }

  assertOurs(): void {
    if (this.#closed) return;
    // The log is looked at last: whoever claims the store moves it before touching anything else.
    const inPlace = identity(this.#file) === this.#database;
    const log = identity(logOf(this.#file));
    this.#assertNotTaken(log);
    if (!inPlace || log === undefined) this.#rescue();
  }

  assertSound(): void {
    this.assertOurs();
    const problem = this.get<{ quick_check: string }>("pragma quick_check(1)")?.quick_check;
    if (problem !== "ok") throw this.#tell(new StoreError("damaged", `The store is damaged: ${problem}.`));
  }

  checkpoint(empty = false): void {
    const marker = checkpointMarker(this.#file, this.#log?.identity);
    writeFileSync(marker, "");
    try {
      this.assertOurs();
      // A log that keeps its length is written to faster: the disk then need not note each time how long it is.
      this.exec(`pragma wal_checkpoint(${empty ? "truncate" : "restart"})`);
      // Else a power cut could bring back an old log beside a compacted database, which it does not fit.
      if (empty) this.#log?.sync();
    } finally {
      rmSync(marker, { force: true }); // whoever took over may have removed it
    }
  }

  copyTo(file: string): void {
    const draft = this.#wholeCopy(file);
    this.assertOurs();
    renameSync(draft, file);
    syncFolderOf(file);
  }

  compact(): void {
    this.checkpoint(true);
    const draft = this.#wholeCopy(this.#file);
    this.assertOurs();
    this.#replaceBy(draft);
  }

  close(): void {
    if (this.#closed) return;
    try {
      this.checkpoint(true);
      this.#end();
      letOthersIn(this.#file);
    } catch {
      this.abandon(); // not ours any more, or not to be written: the log keeps it all
    }
  }

  abandon(): void {
    if (this.#closed) return;
    this.#sqlite.disk.letGo(this.#file);
    this.#end();
  }

  #open(): Database {
    return this.#translated(() => {
      const db = this.#sqlite.open(this.#file);
      try {
        db.create_function("unpack_words", unpackWords);
        keepOthersOut(this.#file);
        db.run(SETUP);
        // A new database goes over to a log by way of a journal; were that back after a power cut, it would undo it.
        syncFolderOf(this.#file);
        db.exec("select count(*) from sqlite_master"); // opens the files, and takes up what a crash left in the log
      } catch (error) {
        this.#sqlite.disk.letGo(this.#file);
        throw error;
      }
      this.#database = identity(this.#file);
      this.#log = new OpenLog(this.#file, this.#sqlite.disk);
      return db;
    });
  }

  #end(): void {
    this.#closed = true;
    for (const writer of this.#writers.values()) writer.close();
    this.#writers.clear();
    this.#statements.clear(); // sql.js frees them with the database
    this.#db.close();
  }

  #prepare(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #commit<T>(work: () => T): T {
    this.#inTransaction = true;
    try {
      this.exec("begin immediate");
      try {
        const result = work();
        this.exec("commit");
        return result;
      } catch (error) {
        // After some errors, such as a full disk, SQLite has rolled back by itself.
        try {
          this.#db.run("rollback");
        } catch {}
        throw error;
      }
    } finally {
      this.#inTransaction = false;
    }
  }

  /** What is stored is safe in the log, however that ends. */
  #checkpointOrLater(): void {
    try {
      this.checkpoint();
    } catch {}
  }

  /** The file went away under us; all of it can still be read through what is open. */
  #rescue(): void {
    const draft = this.#translated(() => {
      mkdirSync(dirname(this.#file), { recursive: true });
      return this.#wholeCopy(this.#file);
    });
    this.#assertNotTaken(identity(logOf(this.#file))); // it may have taken long
    if (existsSync(this.#file)) renameSync(this.#file, `${this.#file}.replaced-${Date.now()}`);
    this.#replaceBy(draft, () => {
      rmSync(logOf(this.#file), { force: true });
      syncFolderOf(this.#file);
    });
    this.#rescued();
  }

  /** Writes a whole copy beside `file`, and answers its path; one that fails leaves nothing. */
  #wholeCopy(file: string): string {
    const draft = this.#sqlite.allow(`${file}.copy`);
    rmSync(draft, { force: true }); // SQLite would refuse to write to it
    try {
      this.exec(`vacuum into '${draft.replaceAll("'", "''")}'`);
      syncFile(draft);
      return draft;
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
  }

  #assertNotTaken(log: string | undefined): void {
    if (log === this.#log?.identity) return;
    // Whoever claims the store moves the log before there is another one.
    if (log !== undefined || existsSync(movedLogOf(this.#file)))
      throw this.#tell(new StoreError("taken", "Another recorder has taken over the store."));
  }

  #replaceBy(draft: string, beforeOpen = () => {}): void {
    this.abandon();
    try {
      beforeOpen(); // only now, as Windows keeps the names of open files
      renameSync(draft, this.#file);
      syncFolderOf(this.#file);
      this.#db = this.#open();
      this.#closed = false;
    } catch (error) {
      throw this.#tell(new StoreError("gone", `The store can't be put in its place. ${reason(error)}`));
    }
  }

  #translated<T>(work: () => T): T {
    const { disk } = this.#sqlite;
    disk.lastError = undefined;
    try {
      return work();
    } catch (error) {
      const translated = storeError(error, disk.lastError ?? (errorCode(error) && error));
      throw translated instanceof StoreError ? this.#tell(translated) : translated;
    }
  }

  #tell(error: StoreError): StoreError {
    this.onTrouble(error);
    return error;
  }
}
