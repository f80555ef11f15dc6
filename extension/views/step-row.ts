import { brief, duration, lines, money, oneLine } from "../base/format.ts";
import { isError, labelOf, troubleOf } from "../base/steps.ts";
import { toolIcon } from "../base/tool-icon.ts";
import type { Prompt, Step, Subagent } from "../protocol.ts";
import { took } from "./session-row.ts";

/** What stands in a row of something that is no tool call, when it says nothing itself. */
const KINDS: Record<Exclude<Step["kind"], "tool">, { icon: string; words: string }> = {
  response: { icon: "comment", words: "Answer" },
  thinking: { icon: "lightbulb", words: "Thought" },
  retry: { icon: "refresh", words: "Tried again" },
  error: { icon: "error", words: "The service failed" },
  compaction: { icon: "fold", words: "The context was compacted" },
  command: { icon: "chevron-right", words: "Command" },
  interruption: { icon: "debug-stop", words: "Interrupted by you" },
};

/** `cart.test.ts`, `npm test`: what a step was about. */
export function stepLabel(step: Step): string {
  const about = labelOf(step);
  if (step.kind === "tool") return about || (step.name ?? "Tool");
  return about || KINDS[step.kind].words;
}

export function stepIcon({ kind, name, status }: Step): string {
  if (status === "running") return "loading~spin";
  return kind === "tool" ? toolIcon(name ?? "") : KINDS[kind].icon;
}

/** `Bash · failed: exit_code · 4.1 s`; of a call that started a sub-agent also what that cost. */
export function stepSum(step: Step, agent: Subagent | undefined): string {
  const { kind, name, durationMs, added, removed, failure } = step;
  const trouble = kind === "interruption" ? undefined : troubleOf(step);
  return brief(
    stepLabel(step) !== name && kind === "tool" && name,
    agent?.type !== name && agent?.type,
    trouble === "failed" && failure ? `failed: ${failure.code}` : trouble,
    agent && agent.costUsd > 0 && money(agent.costUsd),
    durationMs !== null && durationMs >= 100 && duration(durationMs),
    lines(added, removed),
  );
}

/** `$0.31 · 4 min · +12 −3 · 1 error`. */
export function promptSum(prompt: Prompt): string {
  const { steps, costUsd } = prompt;
  const sum = (of: "added" | "removed") => steps.reduce((all, step) => all + step[of], 0);
  const errors = steps.filter(isError).length;
  return brief(
    costUsd > 0 && money(costUsd),
    took(prompt),
    lines(sum("added"), sum("removed")),
    errors > 0 && `${errors} ${errors === 1 ? "error" : "errors"}`,
  );
}

export function promptLabel({ text }: Prompt): string {
  return oneLine(text, 80) || "(nothing was written)";
}
