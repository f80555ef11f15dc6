import type { Closable } from "./lifetime.ts";

export interface Timer extends Closable {
  close(): void;
}

/** Calls `work` every so many milliseconds, until it is closed. */
export function every(ms: number, work: () => void): Closable {
  const timer = setInterval(work, ms);
  return { close: () => clearInterval(timer) };
}

/** Calls `work` once, after so many milliseconds, unless it was closed by then. */
export function once(ms: number, work: () => void): Timer {
  const timer = setTimeout(work, ms);
  return { close: () => clearTimeout(timer) };
}
