import type { Prompt, Session, Step } from "../../extension/protocol.ts";

const spent = {
  costUsd: 0.5,
  tokens: { input: 1, output: 2, cacheRead: 3, cacheWrite5m: 4, cacheWrite1h: 5 },
};

/** A step of a made-up session: a tool call that went well, unless told otherwise. */
export function step(id: string, more: Partial<Step> = {}): Step {
  return {
    ...{ id, kind: "tool", name: "Bash", target: null, status: "ok", failure: null, startedAt: 61_000 },
    ...{ durationMs: null, added: 0, removed: 0, agentId: null, requestId: null, costUsd: 0 },
    ...{ saidBytes: 0, toldBytes: 0, waitedMs: 0 },
    ...more,
  };
}

export function prompt(id: string, text: string, steps: Step[], more: Partial<Prompt> = {}): Prompt {
  return { ...{ id, text, startedAt: 1000, endedAt: 62_000, steps }, ...spent, ...more };
}

export function session(prompts: Prompt[], more: Partial<Session> = {}): Session {
  return {
    ...{ id: "s", title: "Fix the <b>total</b>", project: "/home/sam/dev/shop", transcript: "/t.jsonl" },
    ...{ startedAt: 0, endedAt: 12 * 60_000, branch: "main", models: ["claude-opus-5-5"], parentId: null },
    ...{ clientVersion: "2.1.329", status: "done", statusSince: 0, asks: null },
    ...{ toolCalls: 2, errors: 1, edits: 0, linesAdded: 0, linesRemoved: 0 },
    ...{ unattributedUsd: 0, unpricedModels: [], subagents: [], files: [], commits: [], requests: [] },
    ...spent,
    prompts,
    ...more,
  };
}
