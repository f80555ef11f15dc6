import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

/** Lets `work` run with some calls of node:fs replaced, as a disk on a bad day would answer them. */
export function withFs<T>(calls: Partial<typeof fs>, work: () => T): T {
  const real = Object.fromEntries(Object.keys(calls).map(name => [name, fs[name as keyof typeof fs]]));
  Object.assign(fs, calls);
  syncBuiltinESMExports();
  try {
    return work();
  } finally {
    Object.assign(fs, real);
    syncBuiltinESMExports();
  }
}
