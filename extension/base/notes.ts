import type { Note } from "../job.ts";

/** What went wrong without stopping the rest, each thing once, with its latest reason, until it is right again. */
export class Notes {
  readonly #notes = new Map<string, Note>();
  readonly #changed: (note: Note | undefined) => void;

  constructor(changed: (note: Note | undefined) => void) {
    this.#changed = changed;
  }

  /** Notes that `what` went wrong and why; without a reason, that it is right again. */
  readonly set = (what: string, why?: string, help?: Note["help"]): void => {
    if (this.#notes.get(what)?.why === why) return;
    const note = why === undefined ? undefined : { what, why, ...(help && { help }) };
    if (note) this.#notes.set(what, note);
    else this.#notes.delete(what);
    this.#changed(note);
  };

  get all(): Note[] {
    return [...this.#notes.values()];
  }
}
