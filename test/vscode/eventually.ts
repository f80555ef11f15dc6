import { setTimeout as sleep } from "node:timers/promises";

/** Tries again until `check` no longer throws, and returns its value; after the time its last error counts. */
export async function eventually<T>(check: () => T | Promise<T>, timeout = 30_000): Promise<T> {
  const end = Date.now() + timeout;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await sleep(100);
  }
}
