import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorCode } from "./expected-error.ts";

/** So many are remembered; what is older is not asked about any more. */
const MOST = 200;

/** Whether this is the first time that any window asks for a name; of several at once one is the first. */
export function firstTime(folder: string, name: string): boolean {
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(join(folder, name), "", { flag: "wx" });
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
  for (const old of readdirSync(folder).sort().slice(0, -MOST)) rmSync(join(folder, old), { force: true });
  return true;
}
