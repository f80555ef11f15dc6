import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inboxOf } from "../../extension/base/mailbox.ts";
import { installScript } from "../../extension/connect/hook-script.ts";
import type { Wanted } from "../../extension/connect/pieces.ts";
import { applyChange, proposeConnect, proposeDisconnect } from "../../extension/connect/settings-file.ts";
import { scratch } from "../scratch.ts";
import { type Run, runClient } from "./client.ts";
import { type Mood, startOurSide } from "./our-side.ts";

/** What a user has in their settings before; none of it may get lost. */
const SETTINGS = '{\n  "includeCoAuthoredBy": false\n}\n';

export interface Setup {
  client: string[];
  version: string;
  model: number;
  mood: Mood;
  /** How to connect; not at all when it is not said. */
  how?: Partial<Wanted>;
  /** What to do to the settings or the data folder once connected. */
  spoil?: (dataDir: string) => Promise<unknown>;
  /** Other settings than those that Connect writes. */
  settings?: (port: number, dataDir: string) => string;
}

export interface Outcome extends Run {
  notes: number;
  records: number;
  hooks: number;
  /** Whether the hooks told the client's process. */
  known: boolean;
  /** Whether Disconnect left the settings as they had been, to the byte. */
  restored: boolean;
}

/** One session of the client in a home of its own, connected and disconnected again as the product does it. */
export async function session({
  client,
  version,
  model,
  mood,
  how,
  spoil,
  settings,
}: Setup): Promise<Outcome> {
  await using home = await scratch();
  const dataDir = home.at("data dir's");
  const path = home.at(".claude", "settings.json");
  await mkdir(home.at(".claude"));
  await writeFile(path, SETTINGS);
  const before = await readFile(path);
  const side = await startOurSide(mood);
  const wanted: Wanted = {
    ...{ dataDir, token: "t".repeat(32), port: side.port, tier: 1, telemetry: true, hooks: "command" },
    ...{ clients: [version], environment: [], ...how },
  };
  await installScript(dataDir, "media/hook.sh");
  if (how) await applyChange(await proposeConnect(path, wanted), dataDir);
  if (settings) await writeFile(path, settings(side.port, dataDir));
  await spoil?.(dataDir);
  const run = await runClient(client, home.path, model);
  side.close();
  const names = await readdir(inboxOf(dataDir)).catch(() => []);
  const told = await Promise.all(names.map(name => readFile(join(inboxOf(dataDir), name), "utf8")));
  const processes = new Set(told.map(note => JSON.parse(note).body.found.process));
  if (how) await applyChange(await proposeDisconnect(path, wanted), dataDir);
  const restored = (await readFile(path)).equals(before);
  await rm(dataDir, { recursive: true, force: true });
  const known = [...processes].every(id => id === run.pid);
  return { ...run, ...side.arrived, notes: names.length, known, restored };
}
