import { isError, labelOf } from "../base/steps.ts";
import type { Prompt, Session, Step } from "../protocol.ts";

/** What somebody asked, or what the agent did, with its number among the like. */
export type Moment = NumberedStep | NumberedPrompt;

export interface NumberedStep extends Step {
  number: number;
}

interface NumberedPrompt extends Omit<Prompt, "steps"> {
  kind: "prompt";
  number: number;
}

/** All of a session in its order. */
export function momentsOf({ prompts }: Session): Moment[] {
  let steps = 0;
  return prompts.flatMap(({ steps: followed, ...prompt }, i): Moment[] => [
    { kind: "prompt", number: i + 1, ...prompt },
    ...followed.map(step => ({ number: ++steps, ...step })),
  ]);
}

const KINDS: Record<string, (moment: Moment) => boolean> = {
  prompt: ({ kind }) => kind === "prompt",
  tool_call: ({ kind }) => kind === "tool",
  error: moment => moment.kind !== "prompt" && isError(moment),
  edit: moment => moment.kind === "tool" && moment.added + moment.removed > 0,
  agent: moment => moment.kind !== "prompt" && moment.agentId !== null,
};

/** Those of one of some kinds, or of the tools of these names. */
export function filtered(moments: Moment[], wanted: string | undefined): Moment[] {
  const words = wanted?.split(",").flatMap(word => word.trim() || []) ?? [];
  if (words.length === 0) return moments;
  return moments.filter(moment => words.some(word => isOne(moment, word)));
}

function isOne(moment: Moment, word: string): boolean {
  if (Object.hasOwn(KINDS, word)) return KINDS[word]?.(moment) ?? false;
  if (moment.kind === "tool") return moment.name?.toLowerCase() === word.toLowerCase();
  return moment.kind === word;
}

/** What a moment was about, in one line. */
export function about(moment: Moment): string {
  return moment.kind === "prompt" ? (moment.text.trim().split("\n", 1)[0] ?? "") : labelOf(moment);
}
