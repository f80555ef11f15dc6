import type { ImportedLine } from "../imports.ts";
import type { Fact, FailureType, Mood, StepStatus, Tier } from "./facts.ts";
import { usageRank } from "./facts.ts";
import type { Context } from "./turn.ts";

/** What imported lines are read with. */
export type ImportTerms = Pick<Context, "tier" | "redactor" | "hash" | "prices">;

type Of<K extends Fact["kind"]> = Extract<Fact, { kind: K }>;

/** The facts in a line of an export. Where its words lay is not known here, so that they are kept if the tier lets them be. */
export function factsOfImported(line: ImportedLine, terms: ImportTerms): Fact[] {
  const content = (of: string, owner: string, tier: Tier, text: string | undefined): Of<"content">[] =>
    text === undefined || text === ""
      ? []
      : [{ kind: "content", session: line.session, of, owner, tier, text: terms.redactor.redact(text) }];
  const { id, kind, text, title, input, result } = line;
  switch (line.type) {
    case "session":
      return [...ofSession(line, terms), ...content("title", id, 2, title)];
    case "prompt":
      return [...ofPrompt(line), ...content("prompt", id, 2, text)];
    case "request":
      return [ofRequest(line, terms)];
    case "step":
      return [
        ...ofStep(line),
        ...content("input", id, 2, input),
        ...content("result", id, 3, result),
        ...content(kind ?? "response", id, kind === "command" ? 2 : 3, text),
      ];
  }
}

const MOODS: Record<string, Mood> = {
  ...{ running: "working", asking: "asking", lost: "working" },
  ...{ failed: "failed", interrupted: "interrupted" },
};
/** These stay what they are; of the others time tells. */
const OVER = ["done", "failed", "interrupted"];

function ofSession(line: ImportedLine, { tier, hash, redactor }: ImportTerms): Fact[] {
  const { session, at, endedAt = at, status = "done", statusSince = endedAt, parentId: parent } = line;
  const { project, branch, clientVersion: client, subagents = [], changes = [], commits = [] } = line;
  const told = { kind: "session", session } as const;
  return [
    { ...told, at, project, parent, branch: tier > 1 ? branch : undefined },
    { ...told, at: endedAt },
    {
      ...{ ...told, at: statusSince, mood: MOODS[status] ?? "answered", client },
      ...(OVER.includes(status) && { endReason: "imported" }),
    },
    ...billOf(line),
    ...subagents.map(
      ({ id, type, parentStepId: step }): Fact => ({ kind: "agent", session, id, type, step, at }),
    ),
    ...changes.map(
      ({ stepId: step, agentId: agent, at, path = "", status: change, added, removed }): Fact => ({
        ...{ kind: "edit", session, step, agent, at, from: "transcript", change, added, removed },
        file: path ? { hash: hash(path), path: redactor.redact(path) } : { hash: hash(`${session} ${step}`) },
      }),
    ),
    ...commits.map(
      ({ sha, stepId: step, at }, i): Fact => ({
        ...{ kind: "commit", session, id: sha ?? `${step} ${i}`, at, sha },
        ...(step !== undefined && { step }),
      }),
    ),
  ];
}

function billOf({ session, at, costUsd = 0, unattributedUsd }: ImportedLine): Fact[] {
  if (!unattributedUsd) return [];
  return [{ kind: "bill", session, at, rank: 1, cost: nano(costUsd) + nano(unattributedUsd) }];
}

function ofPrompt({ session, id, at, number = 0 }: ImportedLine): Fact[] {
  // Steps before any prompt were put together under none.
  return id === "" ? [] : [{ kind: "prompt", session, id, at, rank: 1, spot: { offset: number, length: 0 } }];
}

function ofRequest(line: ImportedLine, { prices }: ImportTerms): Fact {
  const {
    session,
    id,
    at,
    model,
    agentId: agent,
    promptId: prompt,
    durationMs: duration,
    tokens,
    costUsd,
  } = line;
  const none = { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
  const used = { ...none, ...tokens, webSearches: 0 };
  // As sure as telemetry: what it cost where it was exported, it cost. Where nobody knew, it may be known here.
  const known = tokens !== undefined && model !== undefined;
  const usage =
    costUsd !== undefined
      ? { ...used, rank: usageRank.telemetry, cost: nano(costUsd) }
      : {
          ...used,
          rank: usageRank.line(used.output),
          cost: known ? prices.cost(model, used, at) : undefined,
        };
  return { kind: "request", session, id, at, model, agent, prompt, duration, usage };
}

function ofStep(line: ImportedLine): Fact[] {
  const { session, id, at, kind, name, promptId, requestId: request, agentId: agent, failure } = line;
  const { status, durationMs: duration, waitedMs = 0, number = 0, saidBytes = 0, toldBytes = 0 } = line;
  const asked = waitedMs > 0;
  const facts: Fact[] = [
    {
      ...{ kind: "step", session, id, at, type: kind as Of<"step">["type"], name, agent, request },
      ...{ prompt: promptId || undefined, spot: { offset: number, length: 0 } },
      ...(asked && { decidedAt: at + waitedMs }),
      ...(saidBytes > 0 && { size: saidBytes }),
    },
  ];
  // What went on has no end, and what is known of one is how long it took.
  if (status !== undefined && status !== "running")
    facts.push({
      ...{ kind: "result", session, step: id, from: "transcript", status: status as StepStatus, duration },
      ...(asked && { asked }),
      ...(toldBytes > 0 && { size: toldBytes }),
    });
  if (failure)
    facts.push({
      ...{ kind: "failure", session, step: id, at, agent, from: "transcript" },
      ...{ type: failure.type as FailureType, code: failure.code },
    });
  return facts;
}

/** Costs are counted in billionths of a dollar. */
function nano(dollars: number): number {
  return Math.round(dollars * 1e9);
}
