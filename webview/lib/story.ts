import { isError } from "../../extension/base/steps.ts";
import type { OpenFile } from "../../extension/pages.ts";
import type { Commit, ModelRequest, Prompt, Session, Step, Subagent } from "../../extension/protocol.ts";
import { kindOf } from "./kind.ts";

/** A session with all that has to be looked up in it, found once for each answer of the host. */
export interface Story {
  session: Session;
  /** The steps of each prompt that no sub-agent did. */
  main: Map<Prompt, Step[]>;
  /** The steps of the sub-agents that a call started. */
  nested: Map<string, Step[]>;
  agents: Map<string, Subagent[]>;
  requests: Map<string, ModelRequest>;
  commits: Map<string, Commit[]>;
  /** The failed step that a later one did again, by the later one. */
  retryOf: Map<string, Step>;
  /** Failed steps that went well when done again. */
  solved: Set<string>;
  /** All steps in the order of their times. */
  steps: Step[];
  /** The file that is open in the editor, if that is followed and steps touched it. */
  open?: { path: string; steps: Set<string> };
}

export function storyOf(session: Session): Story {
  const steps = session.prompts.flatMap(prompt => prompt.steps);
  const started = new Map(session.subagents.map(agent => [agent.id, agent.parentStepId]));
  const calls = new Set(steps.map(step => step.id));
  // What a sub-agent did whose call is not known stands in the main thread: nothing may get lost.
  const callOf = ({ agentId }: Step) => {
    const call = agentId === null ? null : started.get(agentId);
    return call && calls.has(call) ? call : undefined;
  };
  return {
    session,
    main: new Map(session.prompts.map(prompt => [prompt, prompt.steps.filter(step => !callOf(step))])),
    nested: grouped(steps, callOf),
    agents: grouped(session.subagents, agent => agent.parentStepId ?? undefined),
    requests: new Map(session.requests.map(request => [request.id, request])),
    commits: grouped(session.commits, commit => commit.stepId ?? undefined),
    ...attempts(steps),
    steps: steps.toSorted((a, b) => a.startedAt - b.startedAt),
  };
}

/** The steps that read or changed a file that is open in the editor, in the order of their times. */
export function touching({ steps }: Pick<Story, "steps">, { path, changedBy }: OpenFile): Step[] {
  const changed = new Set(changedBy);
  return steps.filter(({ id, kind, target }) => changed.has(id) || (kind === "tool" && target === path));
}

export function grouped<T>(items: T[], keyOf: (item: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** The same call of the same tool, after it failed, is another attempt at it; so is the next answer of the model. */
function attempts(steps: Step[]): Pick<Story, "retryOf" | "solved"> {
  const failed = new Map<string, Step[]>();
  const retryOf = new Map<string, Step>();
  const solved = new Set<string>();
  const solve = (key: string) => {
    for (const { id } of failed.get(key) ?? []) solved.add(id);
    failed.delete(key);
  };
  for (const step of steps) {
    const model = `${step.agentId}`;
    const key = step.kind === "retry" ? model : `${model} ${step.name} ${step.target}`;
    const known = step.kind === "tool" && step.target !== null && kindOf(step) !== "agent";
    const before = failed.get(key);
    const last = before?.at(-1);
    if (known && last) retryOf.set(step.id, last);
    if (step.kind !== "retry" && step.requestId !== null) solve(model);
    if (isError(step) && (known || step.kind === "retry")) {
      if (before) before.push(step);
      else failed.set(key, [step]);
    } else if (known && step.status === "ok") solve(key);
  }
  return { retryOf, solved };
}
