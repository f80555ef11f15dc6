import { utimesSync, writeFileSync } from "node:fs";

/** A small file, as if it had been written at that moment. */
export function writeWhole(path: string, text: string, at: number): void {
  writeFileSync(path, text);
  utimesSync(path, at / 1000, at / 1000);
}
