import type { MeasureName } from "../measures.ts";

/** What a side of the comparison is told to do, once it has opened its store. */
export type Ask = { run: MeasureName; times: number } | { tell: "peak" | "counts" };

interface Opened {
  kind: "opened";
  /** From the start of its thread to the list, and the list alone, in milliseconds. */
  open: number;
  list: number;
  engine: string;
}

export interface Ran {
  kind: "ran";
  ms: number[];
  /** Tells one answer of a database from another. */
  answer: string;
}

export interface Counts {
  sessions: number;
  prompts: number;
  steps: number;
}

export type Answer =
  | Opened
  | Ran
  | { kind: "failed"; reason: string }
  | { kind: "peak"; bytes: number }
  | ({ kind: "counts" } & Counts);

/** What the thread of a side is started with. */
export interface Start {
  file: string;
  /** When that was, on the clock that all threads share. */
  at: number;
}

export function clock(): number {
  return performance.timeOrigin + performance.now();
}
