import { findTranscripts, type TranscriptFile } from "./transcripts.ts";

/** Looks through Claude folders for transcripts, and knows how many of those found have been read. */
export class Scanner {
  readonly #read: (files: TranscriptFile[]) => void;
  readonly #found = new Set<string>();
  readonly #waiting = new Set<string>();
  #scanned = false;

  constructor(read: (files: TranscriptFile[]) => void) {
    this.#read = read;
  }

  /** Asks for every transcript to be read, of all the folders together the newest first. */
  async scan(folders: string[]): Promise<void> {
    const files = (await Promise.all(folders.map(findTranscripts))).flat();
    // The newest are what a user looks for first.
    files.sort((a, b) => b.modified - a.modified);
    for (const { path } of files) this.#waiting.add(path);
    for (const { path } of files) this.#found.add(path);
    this.#scanned = true;
    this.#read(files);
  }

  /** Notes that `path` was read; answers true when it was the last one. */
  done(path: string): boolean {
    return this.#waiting.delete(path) && this.#waiting.size === 0;
  }

  get isDone(): boolean {
    return this.#scanned && this.#waiting.size === 0;
  }

  get progress(): { found: number; read: number; scanned: boolean } {
    return { found: this.#found.size, read: this.#found.size - this.#waiting.size, scanned: this.#scanned };
  }
}
