import { type Fact, titleRank } from "./facts.ts";
import { modelFailure } from "./failures.ts";
import { amount, id, isObject, type Json, object, text } from "./json.ts";
import type { Turn } from "./turn.ts";
import { userTurn } from "./user.ts";

/** The lines that stand beside the conversation. */
export function aside(turn: Turn, type: string): void {
  const { line, spot, at } = turn;
  if (type === "ai-title" && text(line.aiTitle)) title(turn, titleRank.ai(spot));
  else if (type === "custom-title" && text(line.customTitle)) title(turn, titleRank.custom(spot));
  else if (type === "cost-state") bill(turn);
  else if (type === "pr-link") pull(turn);
  else if (type === "worktree-state") worktree(turn);
  else if (type === "system" && !turn.copied && !Number.isNaN(at)) system(turn);
  else if (type === "attachment" && !Number.isNaN(at)) userTurn(turn);
}

function title({ session, spot, tell }: Turn, rank: number): void {
  tell({ kind: "title", session, spot, rank });
}

/** The client restores the sum when it resumes, so that the last one has it all. */
function bill({ line, session, spot, tell }: Turn): void {
  if (typeof line.totalCostUSD === "number")
    tell({ kind: "bill", session, rank: spot.offset, cost: nano(line.totalCostUSD) });
}

function pull({ line, session, at, context, tell }: Turn): void {
  const url = text(line.prUrl);
  if (url === undefined) return;
  tell({ kind: "pull", session, url: context.redactor.redact(url), at: Number.isNaN(at) ? undefined : at });
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
  const uuid = id(line.uuid);
  const type =
    line.subtype === "api_error" ? "retry" : line.subtype === "compact_boundary" ? "compaction" : undefined;
  if (uuid === undefined || type === undefined) return;
  const prompt = agent === undefined ? memory.prompt : undefined;
  const step = { kind: "step", type, session, id: uuid, at, spot, agent, prompt } as const;
  if (type === "compaction") {
    const { durationMs } = object(line.compactMetadata);
    const duration = typeof durationMs === "number" ? amount(durationMs) : undefined;
    tell({ ...step, status: "ok", duration });
    return;
  }
  const failure = modelFailure(object(line.error).status);
  tell({ ...step, status: failure.status, duration: amount(line.retryInMs) });
  const { type: what, code } = failure;
  tell({ kind: "failure", session, step: uuid, at, from: "transcript", type: what, code, agent });
}

/** What Claude Code writes beside a sub-agent's transcript: who started it, and what it is. */
export function agentFacts(meta: Json, agent: string, session: string): Fact[] {
  const [step, parent, type] = [id(meta.toolUseId), id(meta.parentAgentId), id(meta.agentType)];
  return [{ kind: "agent", session, id: agent, step, parent, type }];
}
