import { getNodeValue } from "jsonc-parser";
import { object, text } from "../clean/json.ts";
import { treeOf } from "./jsonc.ts";
import { ENDPOINT, isOurTelemetry, type Side } from "./pieces.ts";
import { userSettings } from "./places.ts";
import { readSettings } from "./settings-file.ts";

/** Where Claude Code sends its telemetry for us, when that is not the port on which it is taken in. */
export async function misdirected(folders: string[], side: Side, port: number): Promise<string | undefined> {
  const endpoints = await Promise.all(folders.map(folder => endpointIn(userSettings(folder), side)));
  return endpoints.find(endpoint => endpoint !== undefined && portOf(endpoint) !== String(port));
}

/** Anybody may have edited the settings: what is no address leads nowhere, and that is to be told, too. */
function portOf(endpoint: string): string | undefined {
  return URL.canParse(endpoint) ? new URL(endpoint).port : undefined;
}

/** What can't be read or understood is none of ours. */
async function endpointIn(path: string, side: Side): Promise<string | undefined> {
  try {
    const tree = treeOf((await readSettings(path)) ?? "");
    const env = object(tree && object(getNodeValue(tree)).env);
    return isOurTelemetry(env, side) ? text(env[ENDPOINT]) : undefined;
  } catch {
    return undefined;
  }
}
