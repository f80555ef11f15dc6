import type { Note } from "../protocol.ts";

/** What went wrong without stopping the rest, each thing once, with its latest reason. */
export class Notes {
  readonly #notes = new Map<string, string>();
  readonly #noted: (note: Note) => void;

  constructor(noted: (note: Note) => void) {
    this.#noted = noted;
  }

  /** Notes that `what` went wrong, and why. */
  readonly add = (what: string, why: string): void => {
    if (this.#notes.get(what) === why) return;
    this.#notes.set(what, why);
    this.#noted({ what, why });
  };

  get all(): Note[] {
    return [...this.#notes].map(([what, why]) => ({ what, why }));
  }
}
