import { type FSWatcher, watch } from "node:fs";
import { type FileHandle, mkdir, open, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as breathe, setTimeout as delay } from "node:timers/promises";
import { debounce } from "../base/debounce.ts";
import { errorCode } from "../base/expected-error.ts";
import { inboxOf } from "../base/mailbox.ts";

/** Where the events go to. */
export interface InboxOutput {
  /** Stores events, one a line; throws when the store can't take any, and is asked again later. */
  take(lines: string[]): void;
  /** Makes sure that even a damaged log could not lose what was taken, and that what was taken from grows no more. */
  settle(): Promise<void>;
  /** How it went, to tell the user. */
  done(error?: unknown): void;
}

/** So many events are stored in one go: a commit costs the same for one and for a hundred. */
const TOGETHER = 100;
/** Which is also why those of this time, in milliseconds, wait for each other. */
const GATHER = 50;
/** How the names of files end that media/hook.sh wrote. */
const SCRIPTED = "-hook.ndjson";
/** Some disks of other machines tell of nothing. */
const NOW_AND_THEN = 5000;
const SETTLE_AFTER = 1000;
const LONGEST_WAIT = 60_000;
const DRAFT_FOR = 60_000;

/** How much of a file was seen, in bytes, and how much of that were whole lines. */
interface Seen {
  bytes: number;
  lines: number;
}

/** Takes up what lies in the inbox, oldest first. A file goes only when all that was in it is settled. */
export class Inbox {
  readonly #folder: string;
  readonly #output: InboxOutput;
  readonly #taken = new Map<string, Seen>();
  readonly #settle = debounce(
    () => void this.#removeTaken(),
    () => SETTLE_AFTER,
  );
  #watcher: FSWatcher | undefined;
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> = Promise.resolve();
  #asked = false;
  /** Not before then it is looked again. */
  #next = 0;
  #failures = 0;
  #again: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(dataDir: string, output: InboxOutput) {
    this.#folder = inboxOf(dataDir);
    this.#output = output;
  }

  async open(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await this.#removeDrafts();
    // Which file it was says the folder itself, so that thousands of them are not watched one by one.
    this.#watcher = watch(this.#folder, () => this.look()).on("error", () => {});
    this.#timer = setInterval(() => this.look(), NOW_AND_THEN);
    this.look();
  }

  /** Looks for events soon. */
  look(): void {
    if (this.#asked || this.#closed) return;
    this.#asked = true;
    this.#working = this.#working
      .then(() => delay(this.#next - performance.now()))
      .then(() => this.#takeAll());
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#again);
    this.#settle.close();
    this.#watcher?.close();
    clearInterval(this.#timer);
    await this.#working;
    await this.#removeTaken();
  }

  async #takeAll(): Promise<void> {
    this.#asked = false;
    this.#next = performance.now() + GATHER;
    try {
      const names = (await readdir(this.#folder)).filter(name => name.endsWith(".ndjson")).sort();
      // What the hooks' script wrote is whole; the others may have grown.
      const fresh = names.filter(name => !this.#taken.has(name) || !name.endsWith(SCRIPTED));
      while (fresh.length > 0 && !this.#closed) await this.#take(fresh);
      this.#failures = 0;
      this.#output.done();
    } catch (error) {
      this.#failures++;
      this.#output.done(error);
      const wait = Math.min(500 * 2 ** this.#failures, LONGEST_WAIT);
      this.#again = setTimeout(() => this.look(), wait);
    }
  }

  /** What was being written when its writer was killed; nobody was told that it is safe. */
  async #removeDrafts(): Promise<void> {
    for (const name of await readdir(this.#folder)) {
      const path = join(this.#folder, name);
      const info = name.endsWith(".part") ? await stat(path).catch(() => undefined) : undefined;
      if (info && info.mtimeMs < Date.now() - DRAFT_FOR) await rm(path, { force: true });
    }
  }

  /** Takes as many of the files as go well together, off the front of the list. */
  async #take(names: string[]): Promise<void> {
    const lines: string[] = [];
    const taken = new Map<string, Seen>();
    while (lines.length < TOGETHER && taken.size < TOGETHER && names.length > 0) {
      const name = names.shift() ?? "";
      const from = this.#taken.get(name)?.lines ?? 0;
      const { text, bytes } = await this.#read(name, from);
      const events = linesIn(text);
      for (const event of name.endsWith(SCRIPTED) ? await this.#timed(name, events) : events)
        lines.push(event);
      taken.set(name, { bytes, lines: from + whole(text).length });
    }
    // Whoever wants to be heard meanwhile gets a turn.
    for (let from = 0; from < lines.length; from += TOGETHER, await breathe())
      this.#output.take(lines.slice(from, from + TOGETHER));
    for (const [name, seen] of taken) this.#taken.set(name, seen);
    if (taken.size > 0) this.#settle();
  }

  async #read(name: string, from: number): Promise<{ text: Buffer; bytes: number }> {
    const file = await openThere(join(this.#folder, name));
    try {
      return await readFrom(file, from);
    } finally {
      await file?.close();
    }
  }

  /** The hooks' script has no clock that knows milliseconds, but its file has. */
  async #timed(name: string, events: string[]): Promise<string[]> {
    const info = await stat(join(this.#folder, name)).catch(() => undefined);
    const at = Math.round(info?.mtimeMs ?? Date.now());
    return events.map(event => event.replace("{", `{"at":${at},`));
  }

  /** Removes a file unless it has grown since; then what came in addition is taken first. */
  async #remove(name: string, seen: Seen): Promise<void> {
    const path = join(this.#folder, name);
    const now = await stat(path).catch(() => undefined);
    if (now && now.size > seen.bytes) return this.look();
    const file = await openThere(path);
    try {
      await rm(path, { force: true });
      this.#taken.delete(name);
      // What another program put in at this very moment; from now on it finds its file gone, and takes another.
      const late = linesIn((await readFrom(file, seen.lines)).text);
      if (late.length > 0) await this.#takeLate(path, late);
    } finally {
      await file?.close();
    }
  }

  async #takeLate(path: string, lines: string[]): Promise<void> {
    try {
      this.#output.take(lines);
    } catch (error) {
      await writeFile(path, `${lines.join("\n")}\n`, { mode: 0o600, flush: true });
      throw error;
    }
  }

  async #removeTaken(): Promise<void> {
    try {
      await this.#output.settle();
      for (const [name, seen] of this.#taken) await this.#remove(name, seen);
    } catch {
      this.#settle(); // the files stay; to take them twice changes nothing
    }
  }
}

async function openThere(path: string): Promise<FileHandle | undefined> {
  return open(path).catch(error => {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  });
}

/** What a file holds from a byte on, and how long it is. */
async function readFrom(
  file: FileHandle | undefined,
  from: number,
): Promise<{ text: Buffer; bytes: number }> {
  const bytes = (await file?.stat())?.size ?? 0;
  const text = Buffer.alloc(Math.max(bytes - from, 0));
  const read = text.length > 0 ? await file?.read(text, 0, text.length, from) : undefined;
  return { text: text.subarray(0, read?.bytesRead ?? 0), bytes };
}

/** The part of what was read that is whole lines. */
function whole(text: Buffer): Buffer {
  return text.subarray(0, text.lastIndexOf("\n") + 1);
}

function linesIn(text: Buffer): string[] {
  return `${whole(text)}`.split("\n").filter(line => line !== "");
}
