import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { reason } from "../base/expected-error.ts";
import { inboxOf } from "../base/mailbox.ts";

const NAME = "hook.sh";

/**
 * The command of a hook: runs the script in the data folder. Whatever is missing or fails, it prints nothing and
 * ends well, because Claude Code shows what a hook prints and takes some of its exit codes as orders.
 */
export function commandOf(dataDir: string): string {
  // Git Bash, which runs hooks on Windows, knows C:/Users.
  const folder = process.platform === "win32" ? dataDir.replaceAll("\\", "/") : dataDir;
  return `(cd '${folder.replaceAll("'", `'\\''`)}' && . ./${NAME}) >/dev/null 2>&1 || :`;
}

/** Puts the script into the data folder, whole or not at all: a hook may run at any moment. */
export async function installScript(dataDir: string, script: string): Promise<void> {
  await mkdir(inboxOf(dataDir), { recursive: true, mode: 0o700 });
  const draft = join(dataDir, `${NAME}.${randomBytes(4).toString("hex")}`);
  try {
    await copyFile(script, draft);
    await rename(draft, join(dataDir, NAME));
  } finally {
    await rm(draft, { force: true });
  }
}

export function hasScript(dataDir: string): boolean {
  return existsSync(join(dataDir, NAME));
}

/** Lets a hook run as Claude Code would, into a folder of its own beside the inbox; answers why not, if it fails. */
export async function tryScript(dataDir: string, shell: string): Promise<string | undefined> {
  const folder = join(dataDir, `trial-${randomBytes(4).toString("hex")}`);
  try {
    await installScript(folder, join(dataDir, NAME));
    await run(shell, commandOf(folder), '{"session_id":"trial","hook_event_name":"Trial"}');
    const [note = ""] = (await readdir(inboxOf(folder))).filter(name => name.endsWith(".ndjson"));
    if (note === "") return "the script wrote nothing";
    const written = await readFile(join(inboxOf(folder), note), "utf8");
    return written.includes('"session_id":"trial"') ? undefined : "the script wrote something else";
  } catch (error) {
    return reason(error);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function run(shell: string, command: string, input: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(shell, ["-c", command], { stdio: ["pipe", "ignore", "ignore"], timeout: 10_000 });
    child.once("error", reject);
    child.once("close", () => resolve());
    child.stdin.on("error", () => {}); // it need not read it
    child.stdin.end(input);
  });
}
