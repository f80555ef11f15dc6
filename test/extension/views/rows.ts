import type { Prompt, SessionRow, Step, Subagent } from "../../../extension/protocol.ts";

const MINUTE = 60_000;
/** A Friday, half past midnight. */
export const now = new Date(2026, 10, 20, 0, 30).getTime();

/** A session that ended just now and came to nothing, but for what is said of it. */
export function row(more: Partial<SessionRow> = {}): SessionRow {
  const { startedAt = now, endedAt = startedAt } = more;
  return {
    ...{ id: "s1", title: "Fix the total", project: "/home/sam/dev/shop", branch: null, models: [] },
    ...{ clientVersion: null, startedAt, endedAt, status: "done", statusSince: endedAt, asks: null },
    ...{ prompts: 0, toolCalls: 0, errors: 0, edits: 0, linesAdded: 0, linesRemoved: 0, files: 0 },
    ...{ subagents: 0, commits: 0, unattributedUsd: 0, unpricedModels: [], parentId: null, transcript: "" },
    ...{ costUsd: 0, tokens: { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 } },
    ...more,
  };
}

/** A busy session of twelve minutes. */
export const busy: Partial<SessionRow> = {
  ...{ startedAt: now - 12 * MINUTE, endedAt: now, costUsd: 1.24, linesAdded: 120, linesRemoved: 34 },
  ...{ commits: 2, errors: 1, prompts: 4, toolCalls: 21, subagents: 1, files: 3, branch: "main" },
  tokens: { input: 1000, output: 2500, cacheRead: 90_000, cacheWrite5m: 9000, cacheWrite1h: 0 },
};

export function step(id: string, more: Partial<Step> = {}): Step {
  return {
    ...{ id, kind: "tool", name: "Bash", target: null, status: "ok", failure: null, startedAt: now },
    ...{ durationMs: null, added: 0, removed: 0, agentId: null, requestId: null, costUsd: 0 },
    ...{ saidBytes: 0, toldBytes: 0, waitedMs: 0 },
    ...more,
  };
}

export function agent(id: string, parentStepId: string | null, more: Partial<Subagent> = {}): Subagent {
  return { id, type: "Explore", parentStepId, toolCalls: 0, costUsd: 0, ...more };
}

export function prompt(steps: Step[], more: Partial<Prompt> = {}): Prompt {
  const { tokens, costUsd } = row();
  return { id: "p1", text: "Fix it.", startedAt: now, endedAt: now, steps, tokens, costUsd, ...more };
}
