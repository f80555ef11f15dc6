import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Place } from "../job.ts";

/** How much may be kept, for whoever records while no recorder runs. */
export type SaidTerms = Required<Pick<Place, "tier" | "redact">>;

const fileOf = (dataDir: string) => join(dataDir, "terms.json");

export function sayTerms(dataDir: string, { tier, redact }: SaidTerms): void {
  const draft = `${fileOf(dataDir)}.part`;
  try {
    writeFileSync(draft, `${JSON.stringify({ tier, redact })}\n`, { mode: 0o600 });
    renameSync(draft, fileOf(dataDir));
  } catch {} // a disk that is full holds up no recorder; whatever is too much it leaves out itself
}

/** As the last recorder said; nothing at all may be kept until one did. */
export function saidTerms(dataDir: string): SaidTerms {
  try {
    const { tier, redact } = JSON.parse(readFileSync(fileOf(dataDir), "utf8")) as SaidTerms;
    if ([1, 2, 3].includes(tier) && Array.isArray(redact)) return { tier, redact };
  } catch {}
  return { tier: 1, redact: [] };
}
