import { createInterface } from "node:readline/promises";
import { ExpectedError } from "../base/expected-error.ts";
import { askMeeting } from "../base/meeting.ts";
import { tokenOf } from "../base/token.ts";
import { projectSettings, userSettings } from "../connect/places.ts";
import type { Change } from "../connect/settings-file.ts";
import type { Place } from "../protocol.ts";
import { type Options, placeOf, print } from "./terminal.ts";
import { unifiedDiff } from "./unified-diff.ts";

/** Whose settings a command is about, and to whom they connect. */
export interface Subject {
  place: Place;
  /** The folder of Claude Code. */
  claudeDir: string;
  /** The settings file. */
  path: string;
  side: { dataDir: string; token: string };
  /** The port of whoever records now, if somebody does. */
  port: number | undefined;
}

export async function subjectOf(options: Options): Promise<Subject> {
  const place = placeOf(options);
  const [claudeDir = "", another] = place.folders;
  if (options["claude-dir"] && another)
    throw new ExpectedError("Only one --claude-dir can be connected at a time.");
  const path = options.project === undefined ? userSettings(claudeDir) : projectSettings(options.project);
  const token = tokenOf(place.dataDir);
  const port = await askMeeting(token);
  const side = { dataDir: place.dataDir, token };
  return { place, claudeDir, path, side, port: typeof port === "number" ? port : undefined };
}

/** Shows a change, and asks whether to make it. */
export async function agreed({ path, before, after }: Change, options: Options): Promise<boolean> {
  print(unifiedDiff(path, before, after));
  if (options["dry-run"]) return false;
  if (options.yes) return true;
  if (!process.stdin.isTTY)
    throw new ExpectedError("Nothing was written: without a terminal to ask on it wants --yes.");
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question("Write this? [y/N] ");
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}
