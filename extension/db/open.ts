import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import { type Engine, openEngine } from "./engine.ts";

const DATABASE = "store.db";

/** Opens a data folder's database, or one in memory without a folder; `note` gets what went wrong. */
export async function openDatabase(
  wasm: Uint8Array,
  dataDir: string | undefined,
  note: (what: string, why?: string) => void,
): Promise<Engine> {
  const saved = (problem?: string) =>
    note("The sessions could not be saved", problem && `They are read anew next time. ${problem}`);
  if (!dataDir) return openEngine(wasm, undefined, saved);
  const file = join(dataDir, DATABASE);
  try {
    return await openEngine(wasm, file, saved);
  } catch (error) {
    if (!existsSync(file)) throw error;
    // All of it comes from the transcripts, so that a damaged file costs time and nothing else.
    renameSync(file, `${file}.damaged`);
    note("The database was damaged", `It is built anew. The old one is kept as ${DATABASE}.damaged.`);
    return openEngine(wasm, file, saved);
  }
}
