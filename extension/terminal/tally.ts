import { troubleOf } from "../base/steps.ts";
import type { Session, Step } from "../protocol.ts";

/** What a session made of a tool. */
export interface Tally {
  tool: string;
  calls: number;
  failed: number;
  denied: number;
  /** Of those calls of which it is known. */
  totalMs: number;
  medianMs: number | null;
  longestMs: number | null;
  linesAdded: number;
  linesRemoved: number;
  /** Its calls' shares of the requests that asked for them, and all of the sub-agents that they started. */
  costUsd: number;
}

/** All tools of a session, the one most used first. */
export function tallies(session: Session): Tally[] {
  const calls = new Map<string, Step[]>();
  for (const step of session.prompts.flatMap(({ steps }) => steps)) {
    if (step.kind !== "tool") continue;
    const tool = step.name ?? "(unknown)";
    calls.set(tool, [...(calls.get(tool) ?? []), step]);
  }
  const all = [...calls].map(([tool, steps]) => tallyOf(tool, steps));
  return all.sort((a, b) => b.calls - a.calls || a.tool.localeCompare(b.tool));
}

function tallyOf(tool: string, steps: Step[]): Tally {
  const times = steps.flatMap(({ durationMs }) => durationMs ?? []).sort((a, b) => a - b);
  const sum = (of: (step: Step) => number) => steps.reduce((total, step) => total + of(step), 0);
  return {
    ...{ tool, calls: steps.length },
    failed: sum(step => (troubleOf(step) === "failed" ? 1 : 0)),
    denied: sum(step => (troubleOf(step) === "denied" ? 1 : 0)),
    totalMs: sum(step => step.durationMs ?? 0),
    medianMs: times[Math.floor((times.length - 1) / 2)] ?? null,
    longestMs: times.at(-1) ?? null,
    linesAdded: sum(step => step.added),
    linesRemoved: sum(step => step.removed),
    // An agent's own calls are in the cost of the call that started it; counted by themselves here.
    costUsd: sum(step => step.costUsd),
  };
}
