import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeCorpus } from "./corpus.ts";
import type { Truth } from "./truth.ts";

const SEED = 20261121;

/** A corpus that is made once. It is as old as it says: its last day is the last one before it was made. */
export function keptCorpus(folder: string, megabytes: number): { claude: string; truth: Truth } {
  const place = join(folder, `corpus-${megabytes}`);
  const known = join(place, "truth.json");
  if (existsSync(known))
    return { claude: join(place, ".claude"), truth: JSON.parse(readFileSync(known, "utf8")) as Truth };
  return writeCorpus({ folder: place, bytes: megabytes * 1e6, seed: SEED, now: Date.now() });
}
