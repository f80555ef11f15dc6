import { ExpectedError, reason } from "../base/expected-error.ts";

/** What can be wrong with a store, so that whoever opened it knows what to do. */
export type Trouble =
  /** What the file holds is not what was written. */
  | "damaged"
  /** A newer version of Agent Trace wrote it. */
  | "newer"
  /** Another recorder took it over: this one was taken for dead. */
  | "taken"
  /** The file was deleted or replaced while it was in use. */
  | "gone"
  /** The disk has no room. */
  | "full"
  /** Anything else: not writable, a failing disk, an unknown sql.js. */
  | "unusable";

/** An error of the store, with a message for the user. */
export class StoreError extends ExpectedError {
  readonly trouble: Trouble;

  constructor(trouble: Trouble, message: string) {
    super(message);
    this.trouble = trouble;
  }
}

// sql.js passes on SQLite's words and no code.
const WORDS: [RegExp, Trouble, string][] = [
  [/malformed|not a database/, "damaged", "The store is damaged."],
  [/disk is full/, "full", "The disk is full."],
  [/disk I\/O error|unable to open|readonly database/, "unusable", "The store can't be read or written."],
];

const UNKNOWN: [RegExp, Trouble, string] = [/^/, "unusable", "The store can't be read or written."];

/** What SQLite threw as an error of the store; `cause` is what the disk said, if it said anything. */
export function storeError(error: unknown, cause: unknown): unknown {
  if (error instanceof StoreError) return error;
  const known = WORDS.find(([words]) => words.test(reason(error)));
  // Where a database could not even be opened sql.js says "out of memory"; the disk knows better.
  if (!known && !cause) return error;
  const [, trouble, message] = known ?? UNKNOWN;
  return new StoreError(trouble, cause && trouble !== "damaged" ? `${message} ${reason(cause)}` : message);
}

/** Makes of `work` one that ends in silence when there is trouble with the store: `onTrouble` has heard of it. */
export function quietly(work: () => void): () => void {
  return () => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
    }
  };
}
