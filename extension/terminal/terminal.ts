import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { claudeFolders } from "../base/claude-folders.ts";
import { Owner } from "../base/owner.ts";
import { settings } from "../manifest.ts";

/** What every command of the terminal works with. */
export interface Terminal {
  owner: Owner;
  json: boolean;
  print(line: string): void;
}

/** The options that every command takes, as they were typed. */
export interface Options {
  "claude-dir"?: string[];
  "data-dir"?: string;
  json?: boolean;
  port?: string;
}

/** Joins the owner of the data folder, or becomes it for the time of the command. */
export function openTerminal(options: Options): Terminal {
  const place = {
    dataDir:
      options["data-dir"] ??
      process.env.AGENT_TRACE_DATA_DIR ??
      join(homedir(), ".local", "share", "agent-trace"),
    folders: options["claude-dir"]?.map(folder => resolve(folder)) ?? claudeFolders([]),
    port: Number(options.port ?? settings.port.default),
  };
  return {
    owner: new Owner(join(__dirname, "recorder.js"), place, () => {}),
    json: options.json ?? false,
    print: line => process.stdout.write(`${line}\n`),
  };
}
