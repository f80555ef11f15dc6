import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { claudeFolders } from "../base/claude-folders.ts";
import type { Place } from "../job.ts";
import { settings } from "../manifest.ts";
import { Misuse, oneOf } from "./misuse.ts";
import type { Options } from "./options.ts";

/** Where the command works: whose data, and which folders of Claude Code. */
export function placeOf(options: Options): Place {
  const given = options["claude-dir"]?.map(folder => resolve(folder));
  const usual = process.env.AGENT_TRACE_DATA_DIR ?? join(homedir(), ".local", "share", "agent-trace");
  const tier = options["privacy-tier"];
  return {
    // Sessions of other folders have an owner of their own, so that they don't mix with the user's.
    dataDir: resolve(options["data-dir"] ?? (given ? join(usual, "folders", nameOf(given)) : usual)),
    folders: given ?? claudeFolders([]),
    port: portOf(options.port ?? process.env.AGENT_TRACE_PORT ?? String(settings.port.default)),
    ...(tier !== undefined && { tier: TIERS[oneOf(["1", "2", "3"], tier, "--privacy-tier")] }),
  };
}

const TIERS = { "1": 1, "2": 2, "3": 3 } as const;

function nameOf(folders: string[]): string {
  return createHash("sha256").update(folders.join("\0")).digest("hex").slice(0, 12);
}

function portOf(text: string): number {
  const port = Number(text);
  if (text.trim() !== "" && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Misuse(`--port wants a number from 0 to 65535, not ${text}.`);
}
