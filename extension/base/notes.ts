import type { Note } from "../protocol.ts";

/** What went wrong without stopping the rest, each thing once, with its latest reason, until it is right again. */
export class Notes {
  readonly #notes = new Map<string, string>();
  readonly #changed: (note: Note | undefined) => void;

  constructor(changed: (note: Note | undefined) => void) {
    this.#changed = changed;
  }

  /** Notes that `what` went wrong and why; without a reason, that it is right again. */
  readonly set = (what: string, why?: string): void => {
    if (this.#notes.get(what) === why) return;
    if (why === undefined) this.#notes.delete(what);
    else this.#notes.set(what, why);
    this.#changed(why === undefined ? undefined : { what, why });
  };

  get all(): Note[] {
    return [...this.#notes].map(([what, why]) => ({ what, why }));
  }
}
