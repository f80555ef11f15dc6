import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** The settings of a user, in their folder of Claude Code. */
export function userSettings(claudeDir: string): string {
  return join(claudeDir, "settings.json");
}

/** The settings of a project that are its user's own, which Claude Code keeps out of git. */
export function projectSettings(project: string): string {
  return join(project, ".claude", "settings.local.json");
}

const MANAGED: Partial<Record<NodeJS.Platform, string>> = {
  darwin: "/Library/Application Support/ClaudeCode",
  win32: "C:\\Program Files\\ClaudeCode",
};

/** The settings that an organisation put on this machine, which win over the user's. */
export function managedSettings(folder = MANAGED[process.platform] ?? "/etc/claude-code"): string[] {
  const parts = join(folder, "managed-settings.d");
  const further = existsSync(parts) ? readdirSync(parts).filter(name => name.endsWith(".json")) : [];
  const all = [join(folder, "managed-settings.json"), ...further.sort().map(name => join(parts, name))];
  return all.filter(path => existsSync(path));
}

/** The shell that runs hooks; none on a Windows without Git's, where Claude Code runs no hooks either. */
export function hookShell(platform = process.platform, env = process.env): string | undefined {
  if (platform !== "win32") return "/bin/sh";
  const programs = [env.ProgramFiles, env.LOCALAPPDATA && join(env.LOCALAPPDATA, "Programs")];
  const usual = programs.flatMap(folder => (folder ? [join(folder, "Git", "bin", "bash.exe")] : []));
  return [env.CLAUDE_CODE_GIT_BASH_PATH ?? "", ...usual].find(path => existsSync(path));
}
