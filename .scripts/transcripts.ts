import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Whether Claude Code has left sessions on this machine. */
export function hasTranscripts(env = process.env): boolean {
  const home = env.HOME ?? homedir();
  const folders = env.CLAUDE_CONFIG_DIR?.split(",") ?? [join(home, ".claude"), join(home, ".config/claude")];
  return folders.some(folder => holdsTranscript(join(folder.trim(), "projects")));
}

function holdsTranscript(folder: string): boolean {
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).some(file => file.endsWith(".jsonl"));
}
