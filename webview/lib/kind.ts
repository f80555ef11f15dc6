import type { Step } from "../../extension/protocol.ts";

/** What a step is to a reader: what it is filtered, coloured and drawn by. */
export type Kind = "read" | "edit" | "command" | "agent" | "said" | "thought" | "retry" | "trouble" | "other";

const TOOLS: Record<string, Kind> = {
  Agent: "agent",
  Bash: "command",
  BashOutput: "command",
  Edit: "edit",
  Glob: "read",
  Grep: "read",
  KillShell: "command",
  LS: "read",
  MultiEdit: "edit",
  NotebookEdit: "edit",
  NotebookRead: "read",
  PowerShell: "command",
  Read: "read",
  Task: "agent",
  ToolSearch: "read",
  WebFetch: "read",
  WebSearch: "read",
  Write: "edit",
};

const OTHERS: Record<Exclude<Step["kind"], "tool">, Kind> = {
  response: "said",
  thinking: "thought",
  retry: "retry",
  error: "trouble",
  interruption: "trouble",
  compaction: "other",
  command: "other",
};

export function kindOf(step: Step): Kind {
  return step.kind === "tool" ? (TOOLS[step.name ?? ""] ?? "other") : OTHERS[step.kind];
}

const SEARCHES = /^(Glob|Grep|LS|ToolSearch|WebSearch)$/;

/** Whether a reading step looked for something, rather than at it. */
export function isSearch({ name }: Step): boolean {
  return SEARCHES.test(name ?? "");
}

/** From when to when a step went on. A thought is noted when it is over, everything else when it begins. */
export function spanOf({ kind, startedAt, waitedMs, durationMs }: Step): { from: number; to: number } {
  const took = durationMs ?? 0;
  return kind === "thinking"
    ? { from: startedAt - took, to: startedAt }
    : { from: startedAt, to: startedAt + waitedMs + took };
}
