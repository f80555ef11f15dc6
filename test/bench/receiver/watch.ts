import { monitorEventLoopDelay } from "node:perf_hooks";

/** Watches this thread from now on; answers the longest that it was kept from its work, in milliseconds. */
export function watchThread(): () => number {
  // It counts its own pause as delay.
  const PAUSE = 2;
  const delays = monitorEventLoopDelay({ resolution: PAUSE });
  delays.enable();
  return () => {
    delays.disable();
    return Math.max(0, delays.max / 1e6 - PAUSE);
  };
}

/** Watches this process from now on; answers how much more memory it took at most, in MB. */
export function watchMemory(baseMB: number): () => number {
  let peak = memoryMB();
  const timer = setInterval(() => {
    peak = Math.max(peak, memoryMB());
  }, 100);
  return () => {
    clearInterval(timer);
    return peak - baseMB;
  };
}

export function memoryMB(): number {
  return process.memoryUsage.rss() / 1e6;
}
