import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** Claude Code's own folders on this machine, then those that the user added, whose settings can hold anything. */
export function claudeFolders(added: unknown, env = process.env, home = homedir()): string[] {
  const own = env.CLAUDE_CONFIG_DIR
    ? env.CLAUDE_CONFIG_DIR.split(",")
    : [join(home, ".claude"), join(home, ".config", "claude")];
  const expand = (path: string) => resolve(path.trim().replace(/^~(?=$|[\\/])/, home));
  const paths = [...own, ...[added].flat()].filter(path => typeof path === "string");
  return [...new Set(paths.filter(path => path.trim() !== "").map(expand))];
}
