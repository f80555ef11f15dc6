import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { claudeFolders } from "../base/claude-folders.ts";
import { ExpectedError, errorCode } from "../base/expected-error.ts";
import { Owner } from "../base/owner.ts";
import type { Place } from "../job.ts";
import { settings } from "../manifest.ts";

/** What every command of the terminal works with. */
export interface Terminal {
  owner: Owner;
  json: boolean;
  print(line: string): void;
}

/** The options of all commands, as they were typed. */
export interface Options {
  "claude-dir"?: string[];
  "data-dir"?: string;
  "dry-run"?: boolean;
  http?: boolean;
  json?: boolean;
  port?: string;
  "privacy-tier"?: string;
  project?: string;
  yes?: boolean;
}

/** Joins the owner of the data folder, or becomes it for the time of the command. */
export function openTerminal(options: Options): Terminal {
  process.stdout.on("error", endQuietly);
  return {
    owner: new Owner(join(__dirname, "recorder.js"), placeOf(options), () => {}),
    json: options.json ?? false,
    print,
  };
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Where the command works: whose data, and which folders of Claude Code. */
export function placeOf(options: Options): Place {
  const given = options["claude-dir"]?.map(folder => resolve(folder));
  const usual = process.env.AGENT_TRACE_DATA_DIR ?? join(homedir(), ".local", "share", "agent-trace");
  return {
    // Sessions of other folders have an owner of their own, so that they don't mix with the user's.
    dataDir: resolve(options["data-dir"] ?? (given ? join(usual, "folders", nameOf(given)) : usual)),
    folders: given ?? claudeFolders([]),
    port: portOf(options.port ?? String(settings.port.default)),
    ...(options["privacy-tier"] !== undefined && { tier: tierOf(options["privacy-tier"]) }),
  };
}

function nameOf(folders: string[]): string {
  return createHash("sha256").update(folders.join("\0")).digest("hex").slice(0, 12);
}

function portOf(text: string): number {
  const port = Number(text);
  if (text.trim() !== "" && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new ExpectedError(`--port wants a number from 0 to 65535, not ${text}.`);
}

function tierOf(text: string): 1 | 2 | 3 {
  const tier = ([1, 2, 3] as const).find(tier => String(tier) === text);
  if (tier === undefined) throw new ExpectedError(`--privacy-tier wants 1, 2 or 3, not ${text}.`);
  return tier;
}

/** Whoever reads our output may have seen enough, as `head` does. */
function endQuietly(error: Error): void {
  process.exit(errorCode(error) === "EPIPE" ? 0 : 2);
}
