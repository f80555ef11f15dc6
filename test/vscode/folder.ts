import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A throw-away folder; gone when disposed, except that KEEP=1 keeps those of a failed test file. */
export interface Folder extends AsyncDisposable {
  path: string;
}

const kept: string[] = [];

/** Makes a throw-away folder. */
export function throwAwayFolder(name: string): Folder {
  const path = mkdtempSync(join(tmpdir(), `agent-trace-${name}-`));
  return {
    path,
    async [Symbol.asyncDispose]() {
      if (process.env.KEEP === "1") kept.push(path);
      else remove(path);
    },
  };
}

/** With KEEP=1, decides on the folders which were disposed so far: returns those that stay. */
export function settleFolders(failed: boolean): string[] {
  const folders = kept.splice(0).filter(existsSync);
  if (failed) return folders;
  folders.forEach(remove);
  return [];
}

/** Writes files below a folder, given by their relative paths. */
export function writeFiles(folder: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

// A process that is just ending may still write into the folder, hence the retries.
function remove(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
