import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { syncFolderOf } from "./durable.ts";

/** A file that says that the user deleted everything, and that nothing is to be read. */
const markOf = (home: string) => join(home, "erased");

const OURS = /^(store\.db|inbox$|dead-letters|demo$|outbox$|alerts$|probe-)/;

export function isErased(home: string): boolean {
  return existsSync(markOf(home));
}

/** Deletes all that was recorded. What is cut short is finished when the next recorder starts. */
export function erase(home: string): void {
  writeFileSync(markOf(home), "All data was deleted. Nothing is read until the user asks for it.\n", {
    flush: true,
  });
  syncFolderOf(markOf(home));
  for (const name of readdirSync(home).filter(name => OURS.test(name)))
    rmSync(join(home, name), { recursive: true, force: true });
}

export function readAgain(home: string): void {
  rmSync(markOf(home), { force: true });
}
