import { randomBytes } from "node:crypto";
import { fstatSync } from "node:fs";
import { type FileHandle, mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { syncFolderSoon } from "./durable.ts";
import { Signal } from "./signal.ts";

/** Where events wait for the owner, in files of one event a line; a last line without its end is no event yet. */
export function inboxOf(dataDir: string): string {
  return join(dataDir, "inbox");
}

/**
 * Takes events in for whoever owns the store, now or later. An event is safe once `put` resolves: it lies on the
 * disk, in a file that nobody else writes to, so that it needs no owner, no lock and no server. One file takes many
 * events: what a name in a folder costs, and its sync, would come on top of each otherwise.
 */
export class Mailbox {
  /** Fires when something lies in the inbox. */
  readonly arrived = new Signal<void>();
  readonly #folder: string;
  #waiting: string[] = [];
  #next: Promise<void> | undefined;
  #last: Promise<void> = Promise.resolve();
  #file: FileHandle | undefined;
  #count = 0;
  #refuses = false;

  constructor(dataDir: string) {
    this.#folder = inboxOf(dataDir);
  }

  /** From now on nothing is kept: the user deleted everything. */
  refuse(): void {
    this.#refuses = true;
    void this.seal().catch(() => {});
  }

  /** Resolves when the event is safe. Events that come while some are being written are written together after them. */
  put(event: unknown): Promise<void> {
    if (this.#refuses) return Promise.resolve();
    this.#waiting.push(JSON.stringify(event));
    this.#next ??= this.#afterLast(() => {
      this.#next = undefined;
      return this.#write(`${this.#waiting.splice(0).join("\n")}\n`);
    });
    return this.#next;
  }

  /** Resolves when no file in the inbox will grow any more: what comes later goes into another. */
  seal(): Promise<void> {
    return this.#afterLast(() => this.#leaveFile());
  }

  #afterLast(work: () => Promise<void>): Promise<void> {
    this.#last = this.#last.catch(() => {}).then(work);
    return this.#last;
  }

  async #write(lines: string): Promise<void> {
    if (this.#refuses) return;
    try {
      const file = await this.#openFile();
      await file.appendFile(lines);
      await file.datasync();
      // Somebody emptied the folder: what went into the file then is nowhere.
      if (fstatSync(file.fd).nlink > 0) return this.arrived.fire();
    } catch (error) {
      await this.#leaveFile(); // which may end in half a line
      throw error;
    }
    await this.#leaveFile();
    return this.#write(lines);
  }

  async #openFile(): Promise<FileHandle> {
    if (this.#file) return this.#file;
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    // The names sort by time; of the same millisecond, as they were opened.
    const order = `${Date.now()}-${process.pid}-${String(this.#count++).padStart(9, "0")}`;
    const name = join(this.#folder, `${order}-${randomBytes(4).toString("hex")}.ndjson`);
    this.#file = await open(name, "ax", 0o600);
    await syncFolderSoon(name);
    return this.#file;
  }

  async #leaveFile(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
  }
}
