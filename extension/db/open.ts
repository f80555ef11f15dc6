import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import { type Engine, openEngine } from "./engine.ts";

/** The name of the database in a data folder. */
export const DATABASE = "store.db";

/** Opens a data folder's database, or one in memory without a folder; `tell` gets what the user should know. */
export async function openDatabase(
  wasm: Uint8Array,
  dataDir: string | undefined,
  tell: (note: string) => void,
): Promise<Engine> {
  const failed = (why: string) =>
    tell(`The sessions could not be saved and will be read anew next time: ${why}`);
  if (!dataDir) return openEngine(wasm, undefined, failed);
  const file = join(dataDir, DATABASE);
  try {
    return await openEngine(wasm, file, failed);
  } catch (error) {
    if (!existsSync(file)) throw error;
    // All of it comes from the transcripts, so that a damaged file costs time and nothing else.
    renameSync(file, `${file}.damaged`);
    tell(`The database was damaged and is built anew. The old one is kept as ${DATABASE}.damaged.`);
    return openEngine(wasm, file, failed);
  }
}
