import { once, type Timer } from "./timers.ts";

/** The time, and what is to be done later: a test has one of its own. */
export interface Clock {
  now(): number;
  after(ms: number, work: () => void): Timer;
}

export const CLOCK: Clock = { now: Date.now, after: once };
