import { chmod, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { homeOnThisHost } from "../base/lease.ts";
import { askMeeting } from "../base/meeting.ts";
import { tokenOf } from "../base/token.ts";
import type { Place } from "../job.ts";
import { recentClients } from "./clients.ts";
import { installScript, tryScript } from "./hook-script.ts";
import { isTelemetry, type Side, type Wanted } from "./pieces.ts";
import { hookShell, projectSettings, userSettings } from "./places.ts";
import { applyChange, type Change } from "./settings-file.ts";
import { tryTelemetry } from "./telemetry.ts";

/** Whose settings are about to be connected, and to whom. */
export interface Subject {
  place: Place;
  /** The folder of Claude Code. */
  claudeDir: string;
  /** The settings file. */
  path: string;
  side: Side;
  /** The port of whoever records now, if somebody does. */
  port: number | undefined;
}

/** The user's settings, or those of a project that are theirs alone. */
export async function subjectOf(place: Place, project?: string): Promise<Subject> {
  const claudeDir = await firstWithSessions(place.folders);
  const dataDir = homeOnThisHost(place.dataDir);
  const side = { dataDir, token: tokenOf(dataDir) };
  const path = project === undefined ? userSettings(claudeDir) : projectSettings(project);
  const port = await askMeeting(side.token);
  return { place, claudeDir, path, side, port: typeof port === "number" ? port : undefined };
}

/** Of several folders of Claude Code that which is in use. */
async function firstWithSessions(folders: string[]): Promise<string> {
  const [first = ""] = folders;
  const used = await Promise.all(
    folders.map(async folder => (await readdir(join(folder, "projects")).catch(() => [])).length > 0),
  );
  return folders[used.indexOf(true)] ?? first;
}

/** What the user chose. */
export type How = Pick<Wanted, "tier" | "telemetry" | "hooks">;

export async function wantedOf({ place, claudeDir, side, port }: Subject, how: How): Promise<Wanted> {
  return {
    ...side,
    ...how,
    port: port ?? place.port,
    clients: await recentClients(claudeDir),
    environment: Object.keys(process.env).filter(isTelemetry),
  };
}

/** Writes what was shown. The script comes before the hooks that run it, and anew, as an update may have another. */
export async function connect(change: Change, { dataDir, token }: Side, script: string): Promise<void> {
  await installScript(dataDir, script);
  await applyChange(change, dataDir);
  // It has the token in it now.
  const { mode } = await stat(change.path);
  if (change.after?.includes(token) && mode & 0o077) await chmod(change.path, mode & 0o700);
}

/** Sends what Claude Code will send the way it will go; answers why it did not arrive, if it did not. */
export async function tryOut(
  { side, port }: Subject,
  how: Pick<How, "telemetry" | "hooks">,
): Promise<string[]> {
  const shell = hookShell();
  const hook = shell === undefined ? "there is no Git Bash to run it" : await tryScript(side.dataDir, shell);
  const sent = how.telemetry && port !== undefined ? await tryTelemetry(port, side.token) : undefined;
  return [
    ...(how.hooks !== "none" && hook ? [`A hook was tried, and did not arrive: ${hook}.`] : []),
    ...(sent ? [`Telemetry was tried, and did not arrive: ${sent}.`] : []),
    ...(port === undefined ? ["Nobody records now: open VS Code, or run agent-trace serve."] : []),
  ];
}
