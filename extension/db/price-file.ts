import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fingerprint, PACKAGED, type PriceList, readPriceList } from "../clean/price-list.ts";
import type { TakenPrices } from "../protocol.ts";

/** A list of prices as it came, and the package's that it stands for: a newer package knows better. */
interface Kept {
  instead: string;
  text: string;
}

const fileOf = (dataDir: string) => join(dataDir, "prices.json");

/** The list of prices that the user had fetched, as long as the package has no other one than then. */
export function newerPrices(dataDir: string): PriceList | undefined {
  try {
    const { instead, text } = JSON.parse(readFileSync(fileOf(dataDir), "utf8")) as Kept;
    return instead === fingerprint(PACKAGED) ? readPriceList(text) : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a list from elsewhere for the next start; throws when it is none, and answers whether it differs. */
export function keepPrices(dataDir: string, text: string): TakenPrices {
  const list = readPriceList(text);
  const changed = fingerprint(list) !== fingerprint(newerPrices(dataDir) ?? PACKAGED);
  const draft = `${fileOf(dataDir)}.part`;
  const kept: Kept = { instead: fingerprint(PACKAGED), text };
  writeFileSync(draft, JSON.stringify(kept), { mode: 0o600 });
  renameSync(draft, fileOf(dataDir));
  return { models: list.length, changed };
}
