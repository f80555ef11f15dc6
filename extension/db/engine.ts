import { existsSync, mkdirSync, readlinkSync, renameSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Database, SqlValue, Statement } from "sql.js";
import { checkpointMarker, identity, logOf, movedLogOf } from "./claim.ts";
import { unpackWords } from "./content.ts";
import { syncFile, syncFolderOf } from "./disk.ts";
import type { SQLite } from "./sqlite.ts";
import { StoreError, storeError } from "./trouble.ts";

/** The few things the rest of the code needs of a database. */
export interface Engine {
  /** Hears of every trouble, whoever met it; it is thrown as well. */
  onTrouble: (error: StoreError) => void;
  all<T>(sql: string, params?: SqlValue[]): T[];
  /** The first row. */
  get<T>(sql: string, params?: SqlValue[]): T | undefined;
  run(sql: string, params?: SqlValue[]): void;
  /** Runs statements that answer nothing, one after the other. */
  exec(sql: string): void;
  /** All of `work` or nothing. When it returns, what it wrote survives a power cut. */
  transaction<T>(work: () => T): T;
  /** Throws unless this engine still owns the store, and the store is where it was. */
  assertOurs(): void;
  /** Throws when the file does not hold what was written. */
  assertSound(): void;
  /** Moves all that was written from the log into the database; `empty` also gives back the log's room. */
  checkpoint(empty?: boolean): void;
  /** Writes a whole copy, without the room that deleted rows left, to a new file. */
  copyTo(file: string): void;
  /** Puts such a copy in the place of the database. */
  compact(): void;
  close(): void;
  /** Lets go of the files as they are, for when they can't be trusted or are not ours any more. */
  abandon(): void;
}

// Exclusive must come first: it lets SQLite keep the index of the log in memory instead of in a shared file.
const SETUP = `
  pragma locking_mode = exclusive;
  pragma journal_mode = wal;
  pragma synchronous = full;
  pragma temp_store = memory;
  pragma cache_size = -16384;
  pragma wal_autocheckpoint = 0;`;

/** The log grows to this many bytes before it is moved into the database: about a thousand pages. */
const LOG_LIMIT = 4 * 1024 * 1024;

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
  #db: Database;
  // Which files were opened, whatever is found under their names later.
  #database: string | undefined;
  #log: string | undefined;
  #openLog: { fd: number; end: number } | undefined;
  #logPlace: string | undefined;
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
        const rows: T[] = [];
        statement.bind(params);
        while (statement.step()) rows.push(statement.getAsObject() as T);
        return rows;
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

  exec(sql: string): void {
    this.#translated(() => this.#db.run(sql));
  }

  transaction<T>(work: () => T): T {
    if (this.#inTransaction) return work();
    const result = this.#commit(work);
    if (!this.#logIsInPlace() || identity(this.#file) !== this.#database) this.assertOurs();
    if ((this.#openLog?.end ?? 0) > LOG_LIMIT) this.#checkpointOrLater();
    return result;
  }

  assertOurs(): void {
    const [log, moved] = [logOf(this.#file), movedLogOf(this.#file)];
    if (identity(log) !== this.#log) {
      // Whoever claims the store moves the log before there is another one.
      if (existsSync(moved) || existsSync(log))
        throw this.#tell(new StoreError("taken", "Another recorder has taken over the store."));
      this.#rescue();
    } else if (identity(this.#file) !== this.#database) {
      this.#rescue();
    }
  }

  assertSound(): void {
    const problem = this.get<{ quick_check: string }>("pragma quick_check(1)")?.quick_check;
    if (problem !== "ok") throw this.#tell(new StoreError("damaged", `The store is damaged: ${problem}.`));
  }

  checkpoint(empty = false): void {
    const marker = checkpointMarker(this.#file, this.#log);
    writeFileSync(marker, "");
    try {
      this.assertOurs();
      // A log that keeps its length is written to faster: the disk then need not note each time how long it is.
      this.exec(`pragma wal_checkpoint(${empty ? "truncate" : "restart"})`);
    } finally {
      unlinkSync(marker);
    }
  }

  copyTo(file: string): void {
    rmSync(file, { force: true }); // SQLite would refuse to write to it
    const path = this.#sqlite.allow(file);
    this.exec(`vacuum into '${path.replaceAll("'", "''")}'`);
    syncFile(path);
    syncFolderOf(path);
  }

  compact(): void {
    this.checkpoint(true);
    const draft = this.#wholeCopy();
    this.assertOurs();
    this.#replaceBy(draft);
  }

  close(): void {
    if (this.#closed) return;
    try {
      this.checkpoint(true);
      this.#end();
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
        db.run(SETUP);
        db.exec("select count(*) from sqlite_master"); // opens the files, and takes up what a crash left in the log
      } catch (error) {
        this.#sqlite.disk.letGo(this.#file);
        throw error;
      }
      this.#database = identity(this.#file);
      this.#log = identity(logOf(this.#file));
      this.#openLog = this.#sqlite.disk.opened(logOf(this.#file));
      this.#logPlace = placeOf(this.#openLog?.fd);
      return db;
    });
  }

  #end(): void {
    this.#closed = true;
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

  /**
   * Whether the log has not been moved since it was opened. It is asked after every commit, and on Linux not of the
   * file itself: to look at a file's times makes the next sync of it take longer, there by a third.
   */
  #logIsInPlace(): boolean {
    if (this.#logPlace !== undefined) return placeOf(this.#openLog?.fd) === this.#logPlace;
    return identity(logOf(this.#file)) === this.#log;
  }

  /** What is stored is safe in the log, however that ends. */
  #checkpointOrLater(): void {
    try {
      this.checkpoint();
    } catch {}
  }

  /** The file went away under us; all of it can still be read through what is open. */
  #rescue(): void {
    mkdirSync(dirname(this.#file), { recursive: true });
    const draft = this.#wholeCopy();
    if (existsSync(this.#file)) renameSync(this.#file, `${this.#file}.replaced-${Date.now()}`);
    this.#replaceBy(draft, () => rmSync(logOf(this.#file), { force: true }));
    this.#rescued();
  }

  #wholeCopy(): string {
    const draft = `${this.#file}.copy`;
    this.copyTo(draft);
    return draft;
  }

  #replaceBy(draft: string, beforeOpen = () => {}): void {
    this.abandon();
    beforeOpen(); // only now, as Windows keeps the names of open files
    renameSync(draft, this.#file);
    syncFolderOf(this.#file);
    this.#db = this.#open();
    this.#closed = false;
  }

  #translated<T>(work: () => T): T {
    const { disk } = this.#sqlite;
    disk.lastError = undefined;
    try {
      return work();
    } catch (error) {
      const translated = storeError(error, disk.lastError);
      throw translated instanceof StoreError ? this.#tell(translated) : translated;
    }
  }

  #tell(error: StoreError): StoreError {
    this.onTrouble(error);
    return error;
  }
}

/** Under which name the kernel knows an open file at present; where it does not say, undefined. */
function placeOf(fd: number | undefined): string | undefined {
  try {
    return fd === undefined || process.platform !== "linux" ? undefined : readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return undefined;
  }
}
