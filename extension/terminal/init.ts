import { join } from "node:path";
import { recentClients } from "../connect/clients.ts";
import { installForwarder, tryForwarder } from "../connect/forwarder.ts";
import { isTelemetry, type Wanted } from "../connect/pieces.ts";
import { hookShell } from "../connect/places.ts";
import { applyChange, backupOf, proposeConnect } from "../connect/settings-file.ts";
import { agreed, type Subject, subjectOf } from "./settings.ts";
import { type Options, print } from "./terminal.ts";

/** Connects Claude Code: shows what changes in its settings, asks, writes it and tries it. */
export async function init(options: Options): Promise<void> {
  const subject = await subjectOf(options);
  const { path, side } = subject;
  const change = await proposeConnect(path, await wantedOf(subject, options));
  for (const note of change.notes) print(note);
  if (change.before === change.after) print(`${path} is connected already.`);
  else if (!(await agreed(change, options))) return print("Nothing was written.");
  if (options["dry-run"]) return;
  // Before the hooks that run it; and anew each time, because an update may have another.
  await installForwarder(side.dataDir, join(__dirname, "..", "media", "forward.sh"));
  await applyChange(change, side.dataDir);
  if (change.before !== change.after) print(`Connected: sessions that begin from now on tell of themselves.`);
  if (change.before !== undefined && change.before !== change.after)
    print(`What was there before lies in ${backupOf(path, side.dataDir)}.`);
  await report(subject);
}

async function wantedOf({ place, claudeDir, side, port }: Subject, options: Options): Promise<Wanted> {
  return {
    ...side,
    port: port ?? place.port,
    tier: place.tier ?? 1,
    telemetry: true,
    hooks: options.http ? "http" : "command",
    clients: await recentClients(claudeDir),
    environment: Object.keys(process.env).filter(isTelemetry),
  };
}

async function report({ side, port }: Subject): Promise<void> {
  const shell = hookShell();
  const trouble =
    shell === undefined ? "there is no Git Bash to run it" : await tryForwarder(side.dataDir, shell);
  print(trouble ? `A hook was tried, and did not arrive: ${trouble}.` : "A hook was tried, and it arrived.");
  if (port === undefined) print("Nobody records now: open VS Code, or run agent-trace serve.");
}
