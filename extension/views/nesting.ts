import type { Step, Subagent } from "../protocol.ts";

/** A step, and below it those of the sub-agent that it started. */
export interface Nested {
  step: Step;
  agent: Subagent | undefined;
  below: Nested[];
}

/** A prompt's steps with those of sub-agents below the calls that started them; what was only thought is left out. */
export function nested(steps: Step[], subagents: Subagent[]): Nested[] {
  const shown = steps.filter(({ kind }) => kind !== "thinking");
  const placed = new Set<Step>();
  const place = (some: Step[]): Nested[] => {
    const here = some.filter(step => !placed.has(step));
    for (const step of here) placed.add(step);
    return here.map(step => {
      const agents = subagents.filter(({ parentStepId }) => parentStepId === step.id);
      const of = new Set<string | null>(agents.map(({ id }) => id));
      const below = of.size > 0 ? place(shown.filter(({ agentId }) => of.has(agentId))) : [];
      return { step, agent: agents[0], below };
    });
  };
  const ids = new Set(shown.map(({ id }) => id));
  const called = new Set(
    subagents
      .filter(({ parentStepId }) => parentStepId !== null && ids.has(parentStepId))
      .map(({ id }) => id),
  );
  const top = place(shown.filter(({ agentId }) => agentId === null || !called.has(agentId)));
  // Those of a sub-agent that would have started itself, as a damaged file may tell.
  return [...top, ...place(shown)];
}
