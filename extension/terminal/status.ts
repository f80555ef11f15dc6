import { count } from "../base/format.ts";
import type { RecorderState } from "../job.ts";
import { reportOf } from "./report.ts";
import type { Verb } from "./verb.ts";

/** What is connected and how the recorder does, and what to do if something is off. */
export const status: Verb = {
  does: "what is connected, and what to do if something is off",
  options: ["project"],
  examples: ["agent-trace status", "agent-trace status --project ."],
  async run({ options, json, print }) {
    const report = await reportOf(options);
    if (json) return print(JSON.stringify(report, undefined, 2));
    const { findings, dataDir, clients, state, port } = report;
    for (const { what, todo } of findings) print(todo ? `${what}\n  → ${todo}` : what);
    print(`Data: ${dataDir}. Claude Code in use: ${clients.join(", ") || "none of late"}.`);
    if (state) for (const line of linesOf(state, port)) print(line);
  },
};

function linesOf(state: RecorderState, port: number | undefined): string[] {
  const { read, found, skipped, unknown, deadLetters, notes } = state;
  return [
    `Recording on port ${port}: ${read} of ${count(found, "transcript")} read.`,
    ...(skipped > 0 ? [`${count(skipped, "line")} could not be understood.`] : []),
    ...unknown.map(({ what, times }) => `Not known to this version: ${what} (${count(times, "time")}).`),
    ...(deadLetters > 0
      ? [
          `${count(deadLetters, "event")} could not be stored. After an update, Replay Failed Events in VS Code tries them again.`,
        ]
      : []),
    ...(state.forward && state.forward.waiting !== null
      ? [`Sessions are sent on to ${state.forward.to}.`]
      : []),
    ...notes.map(({ what, why }) => `${what}: ${why}`),
  ];
}
