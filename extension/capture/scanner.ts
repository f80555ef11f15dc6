import { findTranscripts } from "./transcripts.ts";

/** Finds the transcripts that exist at the start, and knows how many of them have been read. */
export class Scanner {
  readonly #folders: string[];
  readonly #waiting = new Set<string>();
  #found = 0;
  #scanned = false;

  constructor(folders: string[]) {
    this.#folders = folders;
  }

  /** Hands every transcript to `read`, of all folders together the newest first. */
  async scan(read: (path: string) => void): Promise<void> {
    const files = (await Promise.all(this.#folders.map(findTranscripts))).flat();
    files.sort((a, b) => b.modified - a.modified);
    this.#found = files.length;
    for (const { path } of files) this.#waiting.add(path);
    this.#scanned = true;
    for (const { path } of files) read(path);
  }

  /** Notes that `path` was read; answers true when it was the last one. */
  done(path: string): boolean {
    return this.#waiting.delete(path) && this.#waiting.size === 0;
  }

  get progress(): { found: number; read: number; scanned: boolean } {
    return { found: this.#found, read: this.#found - this.#waiting.size, scanned: this.#scanned };
  }
}
