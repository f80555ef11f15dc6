import { type SourceRank, sourceRanks, titleRank } from "./facts.ts";
import { modelFailure } from "./failures.ts";
import { amount, id, isObject, type Json, object, text } from "./json.ts";
import { notification } from "./user.ts";
import type { Turn } from "./turn.ts";

/** The lines that stand beside the conversation. */
export function aside(turn: Turn, type: string): void {
  const { line, session, spot, tell } = turn;
  if (type === "ai-title" && line.aiTitle)
    return tell({ kind: "title", session, spot, rank: titleRank.ai(spot) });
  if (type === "custom-title" && line.customTitle)
    return tell({ kind: "title", session, spot, rank: titleRank.custom(spot) });
  // The client restores the sum when it resumes, so that the last one has it all.
  if (type === "cost-state" && typeof line.totalCostUSD === "number")
    return tell({ kind: "bill", session, rank: spot.offset, cost: nano(line.totalCostUSD) });
  if (type === "worktree-state") return worktree(turn);
  const url = type === "pr-link" ? text(line.prUrl) : undefined;
  const when = Number.isNaN(turn.at) ? {} : { at: turn.at };
  if (url !== undefined) return tell({ kind: "pull", session, url, ...when });
  if (Number.isNaN(turn.at)) return;
  if (type === "system") return system(turn);
  if (type === "attachment") return notification(turn, text(object(line.attachment).prompt) ?? "");
}

function nano(dollars: number): number {
  return amount(dollars * 1e9);
}

/** A session in a worktree belongs to the project that the worktree was made of. */
function worktree({ line, session, tell }: Turn): void {
  const state = [line, ...Object.values(line).filter(isObject)].find(state => text(state.originalCwd));
  const project = text(state?.originalCwd);
  if (project !== undefined) tell({ kind: "session", session, project, projectRank: 1 });
}

function system(turn: Turn): void {
  const { line, session, at, spot, agent, memory, tell } = turn;
  const step = id(line.uuid);
  const type = line.subtype === "api_error" ? "retry" : line.subtype === "compact_boundary" ? "compaction" : undefined;
  if (step === undefined || type === undefined) return;
  const doer = agent === undefined ? {} : { agent };
  const prompt = agent === undefined && memory.prompt !== undefined ? { prompt: memory.prompt } : {};
  tell({ kind: "step", type, session, id: step, at, spot, ...doer, ...prompt });
  const ended = { kind: "result", session, step, rank: sourceRanks.transcript satisfies SourceRank } as const;
  if (type === "retry") {
    const { status, type, code } = modelFailure(object(line.error).status);
    tell({ ...ended, at, status, duration: amount(line.retryInMs) });
    tell({ kind: "failure", session, step, at, type, code, ...doer });
  } else {
    const { durationMs } = object(line.compactMetadata);
    tell({ ...ended, at, status: "ok", ...lasting(durationMs) });
  }
}

function lasting(duration: unknown): { duration?: number } {
  return typeof duration === "number" ? { duration: amount(duration) } : {};
}

/** What Claude Code writes beside a sub-agent's transcript: who started it, and what it is. */
export function agentFacts(meta: Json, agent: string, session: string) {
  const [step, parent, type] = [id(meta.toolUseId), id(meta.parentAgentId), id(meta.agentType)];
  return [
    {
      ...{ kind: "agent" as const, session, id: agent },
      ...(step !== undefined && { step }),
      ...(parent !== undefined && { parent }),
      ...(type !== undefined && { type }),
    },
  ];
}
