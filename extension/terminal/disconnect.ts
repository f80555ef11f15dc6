import { applyChange, proposeDisconnect } from "../connect/settings-file.ts";
import { agreed, subjectIn } from "./settings.ts";
import { type Options, print } from "./terminal.ts";

/** Takes out of the settings what Connect put in, and nothing else. */
export async function disconnect(options: Options): Promise<void> {
  const { path, side } = await subjectIn(options);
  const change = await proposeDisconnect(path, side);
  if (change.before === change.after) return print(`Nothing is connected in ${path}.`);
  if (!(await agreed(change, options))) return print("Nothing was written.");
  await applyChange(change, side.dataDir);
  print("Disconnected. Sessions are read from the transcripts of Claude Code as before.");
}
