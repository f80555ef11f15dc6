import { findTranscripts } from "./transcripts.ts";

/** Looks through Claude folders for transcripts, and knows how many of those found have been read. */
export class Scanner {
  readonly #read: (path: string) => void;
  readonly #found = new Set<string>();
  readonly #waiting = new Set<string>();
  #scanned = false;

  constructor(read: (path: string) => void) {
    this.#read = read;
  }

  /** Asks for every transcript to be read, of all the folders together the newest first. */
  async scan(folders: string[]): Promise<void> {
    const files = (await Promise.all(folders.map(findTranscripts))).flat();
    // The newest are what a user looks for first.
    const paths = files.sort((a, b) => b.modified - a.modified).map(file => file.path);
    for (const path of paths) this.#waiting.add(path);
    for (const path of paths) this.#found.add(path);
    this.#scanned = true;
    for (const path of paths) this.#read(path);
  }

  /** Notes that `path` was read; answers true when it was the last one. */
  done(path: string): boolean {
    return this.#waiting.delete(path) && this.#waiting.size === 0;
  }

  get progress(): { found: number; read: number; scanned: boolean } {
    return { found: this.#found.size, read: this.#found.size - this.#waiting.size, scanned: this.#scanned };
  }
}
