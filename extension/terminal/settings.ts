import { createInterface } from "node:readline/promises";
import { ExpectedError } from "../base/expected-error.ts";
import { type Subject, subjectOf } from "../connect/connection.ts";
import type { Change } from "../connect/settings-file.ts";
import { type Options, placeOf, print } from "./terminal.ts";
import { unifiedDiff } from "./unified-diff.ts";

/** Whose settings a command is about. */
export async function subjectIn(options: Options): Promise<Subject> {
  const place = placeOf(options);
  if (options["claude-dir"] && place.folders.length > 1)
    throw new ExpectedError("Only one --claude-dir can be connected at a time.");
  return subjectOf(place, options.project);
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
