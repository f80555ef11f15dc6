import { Client } from "../base/client.ts";
import { Wire } from "../base/wire.ts";
import { lookAround } from "../connect/circumstances.ts";
import { recentClients } from "../connect/clients.ts";
import { projectSettings } from "../connect/places.ts";
import { type Finding, findings } from "../connect/status.ts";
import type { RecorderState } from "../job.ts";
import type { Options } from "./options.ts";
import { subjectIn } from "./settings.ts";

/** What is connected, and how whoever records does. */
export interface Report {
  findings: Finding[];
  dataDir: string;
  /** None while nobody records. */
  port: number | undefined;
  /** The versions of Claude Code in use. */
  clients: string[];
  state: RecorderState | undefined;
}

export async function reportOf(options: Options): Promise<Report> {
  const { claudeDir, path, side, port } = await subjectIn(options);
  const paths = [...new Set([path, projectSettings(options.project ?? process.cwd())])];
  const clients = await recentClients(claudeDir);
  const found = findings(await lookAround(side, paths, { port, clients })).map(inTerminal);
  const state = port === undefined ? undefined : await new Client(() => new Wire(port, side.token)).state();
  return { findings: found, dataDir: side.dataDir, port, clients, state };
}

/** What is a command in VS Code has another name here. */
function inTerminal({ what, todo }: Finding): Finding {
  const words = todo?.replace("Connect Claude Code", "Connect Claude Code (agent-trace init)");
  return { what, ...(words !== undefined && { todo: words }) };
}
