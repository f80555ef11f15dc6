import type { Prompt, Step } from "../protocol.ts";
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
