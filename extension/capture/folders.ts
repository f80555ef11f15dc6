import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { errorCode, fileReason } from "../base/expected-error.ts";
import type { FolderState } from "../job.ts";

/** Where Claude Code keeps its transcripts, below each of its folders. */
export const PROJECTS = "projects";

/** Whether a Claude folder is there and can be read. */
export async function folderState(path: string): Promise<FolderState> {
  try {
    await readdir(join(path, PROJECTS));
    return { path, state: "found" };
  } catch (error) {
    if (errorCode(error) === "ENOENT") return { path, state: "missing" };
    return { path, state: "unreadable", reason: fileReason(error) };
  }
}
