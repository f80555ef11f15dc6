import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** VS Code settings by their ids, as in settings.json. */
export type Settings = Record<string, unknown>;

// A quiet VS Code: nothing pops up, nothing is looked up, nothing leaves the machine.
const QUIET: Settings = {
  "security.workspace.trust.enabled": false,
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.enableExperiments": false,
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.disableAIFeatures": true,
  "telemetry.telemetryLevel": "off",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "git.openRepositoryInParentFolders": "never",
  "update.mode": "none",
  "window.confirmBeforeClose": "never",
};

/**
 * Writes the settings a server will read from its data folder.
 * Both files: a server takes settings of scope "machine" from its own file only, all others from the user's.
 */
export function writeSettings(data: string, settings: Settings): void {
  const text = JSON.stringify({ ...QUIET, ...settings }, null, 2);
  for (const scope of ["User", "Machine"]) {
    const folder = join(data, "data", scope);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "settings.json"), text);
  }
}
