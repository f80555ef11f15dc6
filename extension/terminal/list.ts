import { baseName, cents, moment, work } from "../base/format.ts";
import type { SessionRow } from "../protocol.ts";
import { asJson } from "./json.ts";
import { reading } from "./progress.ts";
import type { Terminal } from "./terminal.ts";

/** Prints the sessions once all transcripts have been read. */
export async function list(terminal: Terminal): Promise<void> {
  const { owner, json, print } = terminal;
  await reading(terminal);
  const sessions = await owner.sessions();
  if (json) return print(asJson(sessions));
  const costs = sessions.map(({ costUsd }) => cents(costUsd));
  const widest = Math.max(0, ...costs.map(cost => cost.length));
  for (const [i, session] of sessions.entries()) {
    const when = moment(session.endedAt, Date.now()).padEnd(16);
    const id = session.id.slice(0, 8); // enough for inspect
    print(`${id}  ${when}  ${(costs[i] ?? "").padStart(widest)}  ${session.title}  (${asideOf(session)})`);
  }
  if (sessions.length === 0) print("There are no sessions of Claude Code here. See agent-trace --help.");
}

function asideOf(session: SessionRow): string {
  const { linesAdded, linesRemoved, status } = session;
  const lines = linesAdded + linesRemoved > 0 ? `+${linesAdded} −${linesRemoved}` : "";
  const state = status === "done" ? "" : status;
  return [baseName(session.project), work(session), lines, state].filter(Boolean).join(", ");
}
