import type { SqlValue } from "sql.js";
import type { StoreError } from "./trouble.ts";

/** The few things the rest of the code needs of a database. */
export interface Engine {
  /** Hears of every trouble, whoever met it; it is thrown as well. */
  onTrouble: (error: StoreError) => void;
  all<T>(sql: string, params?: SqlValue[]): T[];
  /** The first row. */
  get<T>(sql: string, params?: SqlValue[]): T | undefined;
  run(sql: string, params?: SqlValue[]): void;
  /** Runs a statement for each of very many rows. */
  runAll(sql: string, rows: Iterable<SqlValue[]>): void;
  /** Runs statements that answer nothing, one after the other. */
  exec(sql: string): void;
  /** All of `work` or nothing. When it returns, what it wrote survives a power cut. */
  transaction<T>(work: () => T): T;
  /**
   * The same for what lies elsewhere as well until the next checkpoint: it survives the end of this process, and nobody
   * waits for the disk.
   */
  transactionSoon<T>(work: () => T): T;
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
