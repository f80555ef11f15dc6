import {
  closeSync,
  constants,
  existsSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { syncFolderOf } from "../base/durable.ts";
import { errorCode } from "../base/expected-error.ts";
import type { Memory } from "./memory.ts";

// SQLite's result codes, and the flags with which it opens; from its public header sqlite3.h.
const OK = 0;
const NOTFOUND = 12;
const FULL = 13;
const CANTOPEN = 14;
const IOERR = {
  read: 266,
  shortRead: 522,
  write: 778,
  fsync: 1034,
  truncate: 1546,
  fstat: 1802,
  delete: 2570,
};
const NO_SUCH_FILE = 5898;
const OPEN_READONLY = 1;
const OPEN_CREATE = 4;
const SECTOR = 4096;
const POWERSAFE_OVERWRITE = 0x1000;

interface File {
  fd: number;
  path: string;
  /** Where the last write to it ended. */
  end: number;
  /** A file that was just made is not safe before its folder is. */
  unsyncedFolder: boolean;
}

/** A method as SQLite calls it, with its signature as Emscripten writes it: i for 32 bits, j for 64. */
type Method = { signature: string; call: (...args: never[]) => number };

/**
 * What SQLite asks of an operating system, answered by node:fs, page by page and without waiting. `file` is
 * always the address of SQLite's own record of an open file; a 64-bit offset arrives as a bigint.
 *
 * Nothing is locked here: one owner opens the store, which `claim.ts` and the meeting point see to.
 */
export class Disk {
  readonly #memory: Memory;
  readonly #files = new Map<number, File>();
  #methods = 0;
  /** Why the last call failed: SQLite itself passes on only a code. */
  lastError: unknown;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** The open file with this path. */
  opened(path: string): Readonly<File> | undefined {
    return [...this.#files.values()].find(file => file.path === path);
  }

  /** Gives back the files of a database at once, without a word to SQLite. */
  letGo(database: string): void {
    for (const [at, { fd, path }] of this.#files) {
      if (!belongsTo(path, database)) continue;
      this.#files.delete(at);
      closeSync(fd);
    }
  }

  /** The methods of the file system: word 6 on of SQLite's struct sqlite3_vfs. */
  readonly system = {
    open: this.#method("iiiiii", CANTOPEN, (_vfs, name, file, flags, outFlags) => {
      this.#memory.setInt32(file, 0); // no methods: SQLite then knows that there is nothing to close
      const path = this.#memory.text(name);
      const isNew = !existsSync(path);
      const create = flags & OPEN_CREATE ? constants.O_CREAT : 0;
      const fd = openSync(
        path,
        (flags & OPEN_READONLY ? constants.O_RDONLY : constants.O_RDWR) | create,
        0o600,
      );
      this.#files.set(file, { fd, path, end: 0, unsyncedFolder: isNew });
      if (outFlags !== 0) this.#memory.setInt32(outFlags, flags);
      this.#memory.setInt32(file, this.#fileMethods());
      return OK;
    }),

    delete: this.#method("iiii", IOERR.delete, (_vfs, name, syncFolder) => {
      const path = this.#memory.text(name);
      // By then the log may be that of another owner. It is emptied, which is enough, and never removed.
      if (path.endsWith("-wal")) return OK;
      if (!existsSync(path)) return NO_SUCH_FILE;
      unlinkSync(path);
      if (syncFolder) syncFolderOf(path);
      return OK;
    }),

    access: this.#method("iiiii", IOERR.fstat, (_vfs, name, existing, out) => {
      const info = statSync(this.#memory.text(name), { throwIfNoEntry: false });
      // When asked whether a file exists, one without content counts as none, as in SQLite's own.
      this.#memory.setInt32(out, info && (existing !== 0 || info.size > 0) ? 1 : 0);
      return OK;
    }),
  };

  /** The methods of an open file: struct sqlite3_io_methods, in its order. */
  readonly #io = [
    this.#method("ii", IOERR.fstat, file => {
      const fd = this.#files.get(file)?.fd;
      this.#files.delete(file);
      if (fd !== undefined) closeSync(fd);
      return OK;
    }),

    this.#method("iiiij", IOERR.read, (file, to, length, offset) => {
      const got = this.#read(this.#open(file).fd, to, length, Number(offset));
      if (got === length) return OK;
      this.#memory.bytes().fill(0, to + got, to + length); // SQLite wants zeros where the file ended
      return IOERR.shortRead;
    }),

    this.#method("iiiij", IOERR.write, (file, from, length, offset) => {
      const open = this.#open(file);
      const bytes = this.#memory.bytes();
      for (let done = 0; done < length; )
        done += writeSync(open.fd, bytes, from + done, length - done, Number(offset) + done);
      open.end = Number(offset) + length;
      return OK;
    }),

    this.#method("iij", IOERR.truncate, (file, size) => {
      ftruncateSync(this.#open(file).fd, Number(size));
      return OK;
    }),

    this.#method("iii", IOERR.fsync, file => {
      const open = this.#open(file);
      fdatasyncSync(open.fd);
      if (open.unsyncedFolder) syncFolderOf(open.path);
      open.unsyncedFolder = false;
      return OK;
    }),

    this.#method("iii", IOERR.fstat, (file, out) => {
      this.#memory.setInt64(out, fstatSync(this.#open(file).fd).size);
      return OK;
    }),

    this.#method("iii", OK, () => OK), // xLock
    this.#method("iii", OK, () => OK), // xUnlock
    this.#method("iii", OK, (_file, out) => {
      this.#memory.setInt32(out, 0); // xCheckReservedLock: nobody else has any
      return OK;
    }),
    this.#method("iiii", NOTFOUND, () => NOTFOUND), // xFileControl: nothing special is offered
    this.#method("ii", SECTOR, () => SECTOR),
    this.#method("ii", POWERSAFE_OVERWRITE, () => POWERSAFE_OVERWRITE),
  ];

  #open(file: number): File {
    const open = this.#files.get(file);
    if (!open) throw new Error("SQLite asked for a file that is not open.");
    return open;
  }

  #read(fd: number, to: number, length: number, offset: number): number {
    const bytes = this.#memory.bytes();
    let got = 0;
    while (got < length) {
      const read = readSync(fd, bytes, to + got, length - got, offset + got);
      if (read === 0) break;
      got += read;
    }
    return got;
  }

  /** Where the table of file methods lies; made on first use. */
  #fileMethods(): number {
    if (this.#methods === 0) {
      this.#methods = this.#memory.allocate(4 * (1 + this.#io.length));
      this.#memory.setInt32(this.#methods, 1); // iVersion: without memory maps and shared memory
      for (const [i, { signature, call }] of this.#io.entries())
        this.#memory.setInt32(this.#methods + 4 * (1 + i), this.#memory.addFunction(call, signature));
    }
    return this.#methods;
  }

  /** A method that answers `failure` instead of throwing: SQLite is C, an exception would run straight through it. */
  #method(signature: string, failure: number, work: (...args: number[]) => number): Method {
    const call = (...args: number[]) => {
      try {
        return work(...args);
      } catch (error) {
        this.lastError = error;
        return errorCode(error) === "ENOSPC" || errorCode(error) === "EDQUOT" ? FULL : failure;
      }
    };
    return { signature, call };
  }
}

/** True for a database's own path, and for those that SQLite makes of it: -wal, -journal. */
export function belongsTo(path: string, database: string): boolean {
  return path === database || path.startsWith(`${database}-`);
}
