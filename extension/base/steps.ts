import type { Prompt, Session, Step } from "../protocol.ts";
import { baseName, oneLine } from "./format.ts";

/** The tool calls below a prompt, which is what lists show of it. */
export function toolCalls(prompt: Prompt): Step[] {
  return prompt.steps.filter(step => step.kind === "tool");
}

// Tools whose call is about one file, which its name says best.
const FILES = /^(Read|Edit|MultiEdit|Write|NotebookEdit|NotebookRead)$/;

/** What a step was about, in one line. */
export function labelOf({ name, target }: Step): string {
  if (target === null) return "";
  return FILES.test(name ?? "") ? baseName(target) : oneLine(target);
}

/** How a step ended, when not well. */
export function troubleOf({ status }: Step): "failed" | "denied" | "interrupted" | undefined {
  return status === "ok" || status === "running" ? undefined : status;
}

/** Whether it did not come to its end as it was meant to: it failed, or a user stopped it. */
export function isTrouble(step: Step): boolean {
  return step.failure !== null || step.kind === "error" || !/^(ok|running)$/.test(step.status);
}

/** Whether it is counted as an error: it failed, or was denied. What a user interrupts is no error of the agent's. */
export function isError({ failure }: Step): boolean {
  return failure !== null && failure.type !== "user";
}

/** For how long the agent was at work, and for how long it waited for its user: for a permission, or the next prompt. */
export function timesOf({ prompts }: Pick<Session, "prompts">): { active: number; waiting: number } {
  let [active, waiting] = [0, 0];
  for (const [i, prompt] of prompts.entries()) {
    const took = Math.max(0, prompt.endedAt - prompt.startedAt);
    const asked = Math.min(took, askedFor(prompt));
    active += took - asked;
    waiting += asked;
    const next = prompts[i + 1];
    if (next) waiting += Math.max(0, next.startedAt - prompt.endedAt);
  }
  return { active, waiting };
}

/** For how long permissions were waited for; what a sub-agent waits for, others need not. */
function askedFor({ steps }: Prompt): number {
  return steps.reduce((sum, step) => sum + (step.agentId === null ? step.waitedMs : 0), 0);
}
