import { access, constants } from "node:fs/promises";
import { ExpectedError, reason } from "../base/expected-error.ts";
import { count, size } from "../base/format.ts";
import type { RecorderState } from "../job.ts";
import { type Report, reportOf } from "./report.ts";
import type { Verb } from "./verb.ts";
import { versionOf } from "./version.ts";
import { shown } from "./width.ts";

/** Something that was looked at, and what to do where it is off. */
interface Check {
  what: string;
  ok: boolean;
  todo?: string;
}

export const doctor: Verb = {
  does: "looks at everything: versions, folders, ports, settings and the store, and says what is off",
  more: "It ends with 1 when something is. Nothing is changed.",
  options: ["project"],
  examples: ["agent-trace doctor", "agent-trace doctor --json | jq '.checks[] | select(.ok | not)'"],
  async run(terminal) {
    const { json, options, print, paint } = terminal;
    const report = await reportOf(options);
    const version = await versionOf();
    const state = await stateOf(() => terminal.owner);
    const checks = [
      ...(await placeChecks(report)),
      ...(typeof state === "string"
        ? [{ what: "Nobody could record.", ok: false, todo: state }]
        : stateChecks(state)),
      ...report.findings.map(({ what, todo }) => ({ what, ok: true, ...(todo !== undefined && { todo }) })),
    ];
    const versions = { agentTrace: version, node: process.versions.node, claudeCode: report.clients };
    if (json) print(JSON.stringify({ versions, port: report.port ?? null, checks }, undefined, 2));
    else {
      print(`Agent Trace ${version}, Node ${versions.node}, ${process.platform} ${process.arch}`);
      print(`Claude Code in use: ${report.clients.join(", ") || "none of late"}`);
      for (const { what, ok, todo } of checks) {
        print(`${ok ? paint("green", "✓") : paint("red", "✗")} ${shown(what)}`);
        if (todo) print(`  → ${shown(todo)}`);
      }
    }
    const off = checks.filter(({ ok }) => !ok).length;
    if (off > 0) throw new ExpectedError(`${count(off, "thing")} ${off === 1 ? "is" : "are"} off.`);
  },
};

/** How the recorder does, who opens the store and goes through it when it starts; or why there is none. */
async function stateOf(owner: () => { ready(): Promise<void>; state(): Promise<RecorderState> }) {
  try {
    await owner().ready();
    return await owner().state();
  } catch (error) {
    return reason(error);
  }
}

async function placeChecks({ dataDir, port }: Report): Promise<Check[]> {
  const writable = await access(dataDir, constants.W_OK).then(
    () => true,
    () => false,
  );
  const data = writable
    ? { what: `Data lies in ${dataDir}.`, ok: true }
    : {
        what: `${dataDir} can't be written.`,
        ok: false,
        todo: "Give it back to yourself, or name another with --data-dir.",
      };
  const recording =
    port === undefined
      ? "Nobody recorded when this began: VS Code, or agent-trace serve, does."
      : `Somebody records, and answers on port ${port}.`;
  return [data, { what: recording, ok: true }];
}

function stateChecks(state: RecorderState): Check[] {
  const { folders, found, skipped, unknown, deadLetters, notes, storeSize, tier } = state;
  const good = (what: string): Check => ({ what, ok: true });
  const bad = (what: string, todo?: string): Check => ({
    what,
    ok: false,
    ...(todo !== undefined && { todo }),
  });
  return [
    // Of a store that could not be opened the notes tell.
    ...(storeSize > 0
      ? [good(`The store was opened and checked: ${size(storeSize)}, privacy tier ${tier}.`)]
      : []),
    ...folders.map(({ path, state, reason }) =>
      state === "unreadable"
        ? bad(`${path} can't be read${reason ? `: ${reason}` : ""}.`, "Give yourself the right to read it.")
        : good(state === "found" ? `Transcripts are read in ${path}.` : `There is no ${path}.`),
    ),
    good(`${count(found, "transcript")} read.`),
    ...(skipped > 0 ? [good(`${count(skipped, "line")} could not be understood, and were left out.`)] : []),
    ...unknown.map(({ what, times }) =>
      good(`Not known to this version: ${what} (${count(times, "time")}).`),
    ),
    ...(deadLetters > 0
      ? [
          bad(
            `${count(deadLetters, "event")} could not be stored.`,
            "Update Agent Trace; Replay Failed Events in VS Code tries them again.",
          ),
        ]
      : []),
    ...notes.map(({ what, why }) => bad(`${what}: ${why}`)),
  ];
}
