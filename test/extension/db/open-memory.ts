import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Engine, openEngine } from "../../../extension/db/engine.ts";

/** sql.js's own WebAssembly file. */
export const wasm = readFileSync(createRequire(import.meta.url).resolve("sql.js/dist/sql-wasm.wasm"));

/** A database in memory only. */
export function openMemory(): Promise<Engine> {
  return openEngine(wasm, undefined, () => {});
}
