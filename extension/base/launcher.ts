import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/** What `agent-trace` means in the editor's terminals: run by the editor's own Node, on the editor's own data. */
export interface Launch {
  /** The program of this process, which is the editor itself where that has no other Node. */
  node: string;
  cli: string;
  dataDir: string;
  port: number;
}

/** Puts `agent-trace` into a folder for the PATH; by a name that never changes, so that updates need no new terminal. */
export async function writeLauncher(folder: string, launch: Launch): Promise<void> {
  await mkdir(folder, { recursive: true });
  await put(join(folder, "agent-trace"), forShell(launch));
  // Beside the other, which Git Bash runs.
  if (process.platform === "win32") await put(join(folder, "agent-trace.cmd"), forWindows(launch, homedir()));
}

/** Whole or not at all: somebody may run it at any moment. */
async function put(path: string, text: string): Promise<void> {
  if ((await readFile(path, "utf8").catch(() => "")) === text) return;
  const draft = `${path}.${randomBytes(4).toString("hex")}`;
  try {
    await writeFile(draft, text, { mode: 0o755 });
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}

/** What the user says in these variables holds. */
function forShell({ node, cli, dataDir, port }: Launch): string {
  const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  return `#!/bin/sh
[ -n "$AGENT_TRACE_DATA_DIR" ] || export AGENT_TRACE_DATA_DIR=${quoted(dataDir)}
[ -n "$AGENT_TRACE_PORT" ] || export AGENT_TRACE_PORT=${port}
ELECTRON_RUN_AS_NODE=1 exec ${quoted(node)} ${quoted(cli)} "$@"
`;
}

export function forWindows({ node, cli, dataDir, port }: Launch, home: string): string {
  // It is read by the code page of the console, in which a user's name may not be what it is here.
  const safe = (path: string) =>
    path.startsWith(home)
      ? `%USERPROFILE%${path.slice(home.length).replaceAll("%", "%%")}`
      : path.replaceAll("%", "%%");
  return `@echo off
setlocal
if not defined AGENT_TRACE_DATA_DIR set "AGENT_TRACE_DATA_DIR=${safe(dataDir)}"
if not defined AGENT_TRACE_PORT set "AGENT_TRACE_PORT=${port}"
set ELECTRON_RUN_AS_NODE=1
"${safe(node)}" "${safe(cli)}" %*
`.replaceAll("\n", "\r\n");
}
