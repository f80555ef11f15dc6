import { readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { errorCode, reason } from "../base/expected-error.ts";
import type { FolderState } from "../protocol.ts";

/** Where Claude Code keeps its transcripts, below each of its folders. */
export const PROJECTS = "projects";

/** Claude Code's own folders on this machine, and those that the user added. */
export function claudeFolders(added: string[], env = process.env, home = homedir()): string[] {
  const own = env.CLAUDE_CONFIG_DIR
    ? env.CLAUDE_CONFIG_DIR.split(",")
    : [join(home, ".claude"), join(home, ".config", "claude")];
  const expand = (path: string) => resolve(path.trim().replace(/^~(?=$|[\\/])/, home));
  return [...new Set([...own, ...added].map(expand))];
}

/** Whether a Claude folder is there and can be read. */
export async function folderState(path: string): Promise<FolderState> {
  try {
    await readdir(join(path, PROJECTS));
    return { path, state: "found" };
  } catch (error) {
    if (errorCode(error) === "ENOENT") return { path, state: "missing" };
    return { path, state: "unreadable", reason: reason(error) };
  }
}
