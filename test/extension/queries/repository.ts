import { execFileSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { scratch } from "../../scratch.ts";

/** A Git repository in a throw-away folder. */
export async function repository() {
  const folder = await scratch();
  const path = realpathSync(folder.path);
  const git = (...words: string[]) => execFileSync("git", words, { cwd: path }).toString().trim();
  git("init", "-q", "-b", "main");
  git("config", "user.name", "Sam");
  git("config", "user.email", "sam@example.com");
  return {
    ...folder,
    path,
    git,
    /** Writes files, commits them all, and answers the commit. */
    async commit(files: Record<string, string>): Promise<string> {
      for (const [name, text] of Object.entries(files)) await folder.write(name, text);
      git("add", "-A");
      git("commit", "-qm", "Go on", "--allow-empty");
      return git("rev-parse", "HEAD");
    },
  };
}
