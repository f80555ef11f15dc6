import { readdir, stat } from "node:fs/promises";
import { reason } from "../base/expected-error.ts";
import { inboxOf } from "../base/mailbox.ts";
import { hasScript, tryScript } from "./hook-script.ts";
import type { Side } from "./pieces.ts";
import { hookShell, managedSettings } from "./places.ts";
import { readSettings } from "./settings-file.ts";
import type { Circumstances, SettingsText } from "./status.ts";

/** Looks at all that `findings` is about; `port` and `clients` are known to who asks. */
export async function lookAround(
  side: Side,
  paths: string[],
  { port, clients }: Pick<Circumstances, "port" | "clients">,
): Promise<Circumstances> {
  const [settings, managed] = await Promise.all(
    [paths, managedSettings()].map(list => Promise.all(list.map(textOf))),
  );
  const notes = await readdir(inboxOf(side.dataDir)).catch(() => []);
  return {
    ...{ side, port, clients },
    settings: settings ?? [],
    managed: managed ?? [],
    trouble: await troubleOf(side.dataDir),
    waiting: notes.filter(name => name.endsWith(".ndjson")).length,
  };
}

async function textOf(path: string): Promise<SettingsText> {
  const info = await stat(path).catch(() => undefined);
  const open = process.platform !== "win32" && info !== undefined && (info.mode & 0o044) !== 0;
  return readSettings(path).then(
    text => ({ path, text, open }),
    error => ({ path, text: undefined, unreadable: reason(error) }),
  );
}

async function troubleOf(dataDir: string): Promise<string | undefined> {
  const shell = hookShell();
  if (shell === undefined) return "there is no Git Bash on this Windows to run them; install Git for Windows";
  if (!hasScript(dataDir)) return `the hooks' script is missing from ${dataDir}`;
  return tryScript(dataDir, shell);
}
