import { join } from "node:path";
import { connect, type How, tryOut, wantedOf } from "../connect/connection.ts";
import { backupOf, proposeConnect } from "../connect/settings-file.ts";
import { agreed, subjectIn } from "./settings.ts";
import type { Verb } from "./verb.ts";

/** Connects Claude Code: shows what changes in its settings, asks, writes it and tries it. */
export const init: Verb = {
  does: "connect Claude Code: show what changes in its settings, ask, and write it",
  more: "It adds what transcripts don't have: exact durations and costs as they come in, and waits for you.",
  options: ["project", "http", "dry-run", "yes"],
  examples: ["agent-trace init --privacy-tier 2 --dry-run", "agent-trace init --project . --yes"],
  async run(terminal) {
    const { options, print } = terminal;
    const subject = await subjectIn(options);
    const { path, side, place } = subject;
    const how: How = {
      tier: place.tier ?? 1,
      telemetry: true,
      hooks: options.http ? "http" : "command",
    };
    const change = await proposeConnect(path, await wantedOf(subject, how));
    for (const note of change.notes) print(note);
    const same = change.before === change.after;
    if (same) print(`${path} is connected already.`);
    else if (!(await agreed(change, terminal))) return print("Nothing was written.");
    if (options["dry-run"]) return;
    await connect(change, side, join(__dirname, "..", "media", "hook.sh"));
    if (!same) print("Connected: sessions that begin from now on tell of themselves.");
    if (!same && change.before !== undefined)
      print(`What was there before lies in ${backupOf(path, side.dataDir)}.`);
    const trouble = await tryOut(subject, how);
    for (const line of trouble.length > 0 ? trouble : ["It was tried, and arrived."]) print(line);
  },
};
