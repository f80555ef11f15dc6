import { Client } from "../base/client.ts";
import { count } from "../base/format.ts";
import { lookAround } from "../connect/circumstances.ts";
import { recentClients } from "../connect/clients.ts";
import { projectSettings } from "../connect/places.ts";
import { findings } from "../connect/status.ts";
import type { RecorderState } from "../protocol.ts";
import { subjectIn } from "./settings.ts";
import { type Options, print } from "./terminal.ts";

/** What is connected and how the recorder does, and what to do if something is off. */
export async function status(options: Options): Promise<void> {
  const { claudeDir, path, side, port } = await subjectIn(options);
  const paths = [...new Set([path, projectSettings(options.project ?? process.cwd())])];
  const clients = await recentClients(claudeDir);
  const found = findings(await lookAround(side, paths, { port, clients }));
  const state = port === undefined ? undefined : await new Client(port, side.token).state();
  if (options.json)
    return print(
      JSON.stringify({ findings: found, dataDir: side.dataDir, port, clients, state }, undefined, 2),
    );
  for (const { what, todo } of found) print(todo ? `${what}\n  → ${todo}` : what);
  print(`Data: ${side.dataDir}. Claude Code in use: ${clients.join(", ") || "none of late"}.`);
  if (state) for (const line of linesOf(state, port)) print(line);
}

function linesOf(state: RecorderState, port: number | undefined): string[] {
  const { read, found, skipped, unknown, deadLetters, notes } = state;
  return [
    `Recording on port ${port}: ${read} of ${count(found, "transcript")} read.`,
    ...(skipped > 0 ? [`${count(skipped, "line")} could not be understood.`] : []),
    ...unknown.map(({ what, times }) => `Not known to this version: ${what} (${count(times, "time")}).`),
    ...(deadLetters > 0
      ? [`${count(deadLetters, "event")} could not be stored. Replay them after an update.`]
      : []),
    ...notes.map(({ what, why }) => `${what}: ${why}`),
  ];
}
