import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { errorCode, reason } from "../base/expected-error.ts";
import type { FolderState } from "../job.ts";

/** Where Claude Code keeps its transcripts, below each of its folders. */
export const PROJECTS = "projects";

// What people say for the codes that they may meet.
const REASONS: Record<string, string> = {
  EACCES: "there is no permission to read it",
  EPERM: "there is no permission to read it",
  ENOTDIR: "a file stands where the folder should be",
};

/** Whether a Claude folder is there and can be read. */
export async function folderState(path: string): Promise<FolderState> {
  try {
    await readdir(join(path, PROJECTS));
    return { path, state: "found" };
  } catch (error) {
    if (errorCode(error) === "ENOENT") return { path, state: "missing" };
    return { path, state: "unreadable", reason: REASONS[errorCode(error) ?? ""] ?? reason(error) };
  }
}
