import type { Tokens } from "../protocol.ts";

/** All that a model was given, from its cache or not. */
export function inputOf({ input, cacheRead, cacheWrite5m, cacheWrite1h }: Tokens): number {
  return input + cacheRead + cacheWrite5m + cacheWrite1h;
}
