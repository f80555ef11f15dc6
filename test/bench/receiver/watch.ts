import { monitorEventLoopDelay } from "node:perf_hooks";

/** What a recorder does to the process that started it, meanwhile. */
export interface Watched {
  /** The longest that its thread was kept from its work, in milliseconds. */
  blockedMs: number;
  /** How much more memory it took at most, in MB. */
  grownMB: number;
}

/** Watches this process from now on. */
export function watch(baseMB: number): () => Watched {
  // It counts its own pause as delay.
  const PAUSE = 2;
  const delays = monitorEventLoopDelay({ resolution: PAUSE });
  delays.enable();
  let peak = memoryMB();
  const timer = setInterval(() => {
    peak = Math.max(peak, memoryMB());
  }, 100);
  return () => {
    clearInterval(timer);
    delays.disable();
    return { blockedMs: Math.max(0, delays.max / 1e6 - PAUSE), grownMB: peak - baseMB };
  };
}

export function memoryMB(): number {
  return process.memoryUsage.rss() / 1e6;
}
