import { applyChange, proposeDisconnect } from "../connect/settings-file.ts";
import { agreed, subjectIn } from "./settings.ts";
import type { Verb } from "./verb.ts";

/** Takes out of the settings what Connect put in, and nothing else. */
export const disconnect: Verb = {
  does: "take that out again; all else in the settings stays",
  options: ["project", "dry-run", "yes"],
  examples: ["agent-trace disconnect --dry-run", "agent-trace disconnect --project . --yes"],
  async run(terminal) {
    const { print, options } = terminal;
    const { path, side } = await subjectIn(options);
    const change = await proposeDisconnect(path, side);
    if (change.before === change.after) return print(`Nothing is connected in ${path}.`);
    if (!(await agreed(change, terminal))) return print("Nothing was written.");
    await applyChange(change, side.dataDir);
    print("Disconnected. Sessions are read from the transcripts of Claude Code as before.");
  },
};
