import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** Claude Code's own folders on this machine, then those that the user added. */
export function claudeFolders(added: string[], env = process.env, home = homedir()): string[] {
  const own = env.CLAUDE_CONFIG_DIR
    ? env.CLAUDE_CONFIG_DIR.split(",")
    : [join(home, ".claude"), join(home, ".config", "claude")];
  const expand = (path: string) => resolve(path.trim().replace(/^~(?=$|[\\/])/, home));
  return [...new Set([...own, ...added].filter(path => path.trim() !== "").map(expand))];
}
