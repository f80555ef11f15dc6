import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { window } from "vscode";
import { ExpectedError } from "../base/expected-error.ts";
import type { Setting } from "../base/setting.ts";

/** Lets the user choose another folder of Claude Code to read. */
export async function addFolder(folders: Setting<string[]>): Promise<void> {
  const picked = await window.showOpenDialog({
    title: "A folder of Claude Code, such as .claude",
    openLabel: "Read Sessions Here",
    canSelectFiles: false,
    canSelectFolders: true,
  });
  const folder = picked?.[0]?.fsPath;
  if (!folder) return;
  await readdir(join(folder, "projects")).catch(() => {
    throw new ExpectedError(`${folder} is not a folder of Claude Code: it has no folder "projects" in it.`);
  });
  await folders.set([...new Set([...folders.value, folder])]);
}
