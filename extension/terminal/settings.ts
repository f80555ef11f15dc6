import { existsSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { ExpectedError, errorCode, reason } from "../base/expected-error.ts";
import { type Subject, subjectOf } from "../connect/connection.ts";
import type { Change } from "../connect/settings-file.ts";
import type { Options } from "./options.ts";
import { placeOf } from "./place.ts";
import type { Terminal } from "./terminal.ts";
import { unifiedDiff } from "./unified-diff.ts";

/** Whose settings a command is about. */
export async function subjectIn(options: Options): Promise<Subject> {
  const place = placeOf(options);
  if (options["claude-dir"] && place.folders.length > 1)
    throw new ExpectedError("Only one --claude-dir can be connected at a time.");
  const { project } = options;
  if (project !== undefined && !existsSync(project))
    throw new ExpectedError(`There is no folder ${project}.`);
  try {
    return await subjectOf(place, project);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    const help = "Give it back to yourself, or name another with --data-dir.";
    throw new ExpectedError(`${place.dataDir} can't be used: ${reason(error)}. ${help}`);
  }
}

/** Shows a change, and asks whether to make it. */
export async function agreed({ path, before, after }: Change, terminal: Terminal): Promise<boolean> {
  const { options, print } = terminal;
  print(unifiedDiff(path, before, after));
  if (options["dry-run"]) return false;
  if (options.yes) return true;
  if (!process.stdin.isTTY)
    throw new ExpectedError("Nothing was written: without a terminal to ask on it wants --yes.");
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await asking.question("Write this? [y/N] ");
  asking.close();
  return /^y(es)?$/i.test(answer.trim());
}
