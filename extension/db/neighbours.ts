import { mkdirSync, rmSync, statSync } from "node:fs";

/**
 * Another SQLite tool shares the index of the log in a file of this name. Where it finds a folder instead it can
 * still read, but neither write nor tidy our log away when it leaves.
 */
export function keepOthersOut(file: string): void {
  const shared = `${file}-shm`;
  if (statSync(shared, { throwIfNoEntry: false })?.isFile()) rmSync(shared);
  mkdirSync(shared, { recursive: true });
}

export function letOthersIn(file: string): void {
  rmSync(`${file}-shm`, { recursive: true, force: true });
}
