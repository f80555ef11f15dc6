import { randomBytes } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { syncFolderSoon } from "./durable.ts";
import { Signal } from "./signal.ts";

/** Where events wait for the owner, in files of one event a line; whatever ends in .ndjson is whole. */
export function inboxOf(dataDir: string): string {
  return join(dataDir, "inbox");
}

/**
 * Takes events in for whoever owns the store, now or later. An event is safe once `put` resolves: it lies on the
 * disk, in a file of its own that appears whole or not at all, so that it needs no owner, no lock and no server.
 */
export class Mailbox {
  /** Fires when something lies in the inbox. */
  readonly arrived = new Signal<void>();
  readonly #folder: string;
  #waiting: string[] = [];
  #next: Promise<void> | undefined;
  #last: Promise<void> = Promise.resolve();
  #count = 0;
  #closed = false;

  constructor(dataDir: string) {
    this.#folder = inboxOf(dataDir);
  }

  /** From now on nothing is kept: the user deleted everything. */
  close(): void {
    this.#closed = true;
  }

  /** Resolves when the event is safe. Events that come while one is being written go into one file after it. */
  put(event: unknown): Promise<void> {
    if (this.#closed) return Promise.resolve();
    this.#waiting.push(JSON.stringify(event));
    this.#next ??= this.#afterLast();
    return this.#next;
  }

  async #afterLast(): Promise<void> {
    const former = this.#last;
    const turn = former
      .catch(() => {})
      .then(() => {
        this.#next = undefined;
        return this.#write(this.#waiting.splice(0));
      });
    this.#last = turn;
    return turn;
  }

  async #write(lines: string[]): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    // The names sort by time; of the same millisecond, as they were written.
    const order = `${Date.now()}-${process.pid}-${String(this.#count++).padStart(9, "0")}`;
    const name = join(this.#folder, `${order}-${randomBytes(4).toString("hex")}`);
    try {
      await writeFile(`${name}.part`, `${lines.join("\n")}\n`, { mode: 0o600, flag: "wx", flush: true });
    } catch (error) {
      await rm(`${name}.part`, { force: true });
      throw error;
    }
    await rename(`${name}.part`, `${name}.ndjson`);
    await syncFolderSoon(name);
    this.arrived.fire();
  }
}
