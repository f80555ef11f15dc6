import type { SqlValue } from "sql.js";
import type { Memory } from "./memory.ts";

/** The C functions of SQLite that a writer calls. */
export interface Calls {
  _sqlite3_prepare_v2(db: number, sql: number, bytes: number, out: number, tail: number): number;
  _sqlite3_clear_bindings(statement: number): number;
  _sqlite3_bind_text(statement: number, at: number, text: number, bytes: number, keep: number): number;
  _sqlite3_bind_blob(statement: number, at: number, blob: number, bytes: number, keep: number): number;
  _sqlite3_bind_int(statement: number, at: number, value: number): number;
  _sqlite3_bind_double(statement: number, at: number, value: number): number;
  _sqlite3_step(statement: number): number;
  _sqlite3_reset(statement: number): number;
  _sqlite3_finalize(statement: number): number;
  _sqlite3_errmsg(db: number): number;
}

const DONE = 101;
/** Told to SQLite of a text that stays where it is until the statement was run. */
const STAYS = 0;
/** The texts of one row fit into this many bytes; a row with longer ones gets more. */
const ROOM = 64 * 1024;

/**
 * Runs one statement for very many rows. sql.js asks SQLite for memory for each text, and fills it by way of a
 * list of numbers; here all texts of a row are put into the same place again and again, which takes half the time.
 */
export class Writer {
  readonly #calls: Calls;
  readonly #memory: Memory;
  readonly #db: number;
  readonly #statement: number;
  readonly #encoder = new TextEncoder();
  #room = ROOM;
  #place: number;

  constructor(calls: Calls, memory: Memory, db: number, sql: string) {
    this.#calls = calls;
    this.#memory = memory;
    this.#db = db;
    this.#place = memory.allocate(this.#room);
    memory.setText(this.#place + 4, sql, this.#room - 4);
    this.#check(calls._sqlite3_prepare_v2(db, this.#place + 4, -1, this.#place, 0), 0);
    this.#statement = memory.int32(this.#place);
  }

  run(values: SqlValue[]): void {
    this.#calls._sqlite3_clear_bindings(this.#statement);
    this.#makeRoom(values);
    let at = this.#place;
    for (let i = 0; i < values.length; i++) at = this.#bind(i + 1, values[i] ?? null, at);
    const result = this.#calls._sqlite3_step(this.#statement);
    // Reset answers with the same error again, and has to be done in any case.
    this.#check(this.#calls._sqlite3_reset(this.#statement), 0);
    this.#check(result, DONE);
  }

  close(): void {
    this.#calls._sqlite3_finalize(this.#statement);
    this.#memory.free(this.#place);
  }

  /** Binds a value, of which a text or bytes are put at `at`; answers where the next may go. */
  #bind(index: number, value: SqlValue, at: number): number {
    const [calls, statement] = [this.#calls, this.#statement];
    if (value === null) return at;
    if (typeof value === "number") {
      if (value === (value | 0)) calls._sqlite3_bind_int(statement, index, value);
      else calls._sqlite3_bind_double(statement, index, value);
      return at;
    }
    const bytes = this.#memory.bytes();
    if (typeof value === "string") {
      const length = this.#put(bytes, value, at);
      calls._sqlite3_bind_text(statement, index, at, length, STAYS);
      return at + length;
    }
    bytes.set(value, at);
    calls._sqlite3_bind_blob(statement, index, at, value.length, STAYS);
    return at + value.length;
  }

  /** Most texts are ids, and short: to put them down by hand is quicker than to have them encoded. */
  #put(bytes: Uint8Array, text: string, at: number): number {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 0x7f || i > 100) return this.#encoder.encodeInto(text, bytes.subarray(at)).written;
      bytes[at + i] = code;
    }
    return text.length;
  }

  #makeRoom(values: SqlValue[]): void {
    let needed = 0;
    for (const value of values)
      if (typeof value === "object" || typeof value === "string") needed += 3 * (value?.length ?? 0);
    if (needed <= this.#room) return;
    this.#memory.free(this.#place);
    this.#room = needed;
    this.#place = this.#memory.allocate(needed);
  }

  #check(result: number, good: number): void {
    if (result !== good) throw new Error(this.#memory.text(this.#calls._sqlite3_errmsg(this.#db)));
  }
}
