import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { type QuickPickItem, ThemeIcon, window } from "vscode";
import { ExpectedError } from "../base/expected-error.ts";
import { count } from "../base/format.ts";
import type { Owner } from "../base/owner.ts";
import type { Setting } from "../base/setting.ts";
import type { FolderState } from "../protocol.ts";

const STATES = {
  found: { icon: "check", text: "read and watched" },
  missing: { icon: "circle-outline", text: "not there yet; read as soon as it appears" },
  unreadable: { icon: "warning", text: "cannot be read" },
} satisfies Record<FolderState["state"], { icon: string; text: string }>;

/** Shows which folders of Claude Code are read, and lets the user add another one. */
export async function connect(owner: Owner, folders: Setting<string[]>): Promise<void> {
  const { folders: known, skipped, unknown } = await owner.state();
  const items: (QuickPickItem & { add?: true })[] = known.map(folder => ({
    label: folder.path,
    description: STATES[folder.state].text,
    ...(folder.reason ? { detail: folder.reason } : {}),
    iconPath: new ThemeIcon(STATES[folder.state].icon),
  }));
  if (unknown.length > 0)
    items.push({
      label: "Something new to this version was met, and left out",
      detail: unknown
        .slice(0, 5)
        .map(({ what, times }) => `${what} (${count(times, "time")})`)
        .join(", "),
      iconPath: new ThemeIcon("question"),
    });
  items.push({ label: "Add a Folder…", iconPath: new ThemeIcon("add"), add: true });
  const picked = await window.showQuickPick(items, {
    title: "Connect Claude Code",
    placeHolder: `Agent Trace reads the sessions in these folders as Claude Code writes them${unreadable(skipped)}`,
  });
  if (picked?.add) await addFolder(folders);
}

function unreadable(lines: number): string {
  return lines > 0 ? `; ${count(lines, "line")} could not be understood` : "";
}

async function addFolder(folders: Setting<string[]>): Promise<void> {
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
