import { fsyncSync, readlinkSync } from "node:fs";
import { identity, logOf } from "./claim.ts";
import type { Disk } from "./disk.ts";

const MB = 1024 * 1024;
/** The log grows to this many bytes before it is moved into the database: about a thousand pages. */
const LIMIT = 4 * MB;
/** After a commit of so many bytes more will come, which change mostly the same pages: then it may grow to so many. */
const [BULK, BULK_LIMIT] = [1 * MB, 48 * MB];

/** The log of a database as it was opened, whatever is found under its name later. */
export class OpenLog {
  readonly #path: string;
  readonly #file: { fd: number; end: number } | undefined;
  readonly #place: string | undefined;
  readonly identity: string | undefined;

  constructor(database: string, disk: Disk) {
    this.#path = logOf(database);
    this.identity = identity(this.#path);
    this.#file = disk.opened(this.#path);
    this.#place = placeOf(this.#file?.fd);
  }

  /** Where the last write to it ended. */
  get end(): number {
    return this.#file?.end ?? 0;
  }

  /**
   * Whether it has not been moved since. That is asked after every commit, and on Linux not of the file itself: to
   * look at a file's times makes the next sync of it take longer, there by a third.
   */
  get isInPlace(): boolean {
    if (this.#place !== undefined) return placeOf(this.#file?.fd) === this.#place;
    return identity(this.#path) === this.identity;
  }

  /** Whether it should be moved into the database, after a commit before which it ended at `before`. */
  isFull(before: number): boolean {
    const written = this.end < before ? this.end : this.end - before; // it may have begun anew
    return this.end > (written > BULK ? BULK_LIMIT : LIMIT);
  }

  sync(): void {
    if (this.#file) fsyncSync(this.#file.fd);
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
