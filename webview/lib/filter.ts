import { isError } from "../../extension/base/steps.ts";
import type { Step } from "../../extension/protocol.ts";
import { kindOf } from "./kind.ts";
import type { Story } from "./story.ts";

/** What the chips choose. */
export type Chosen = "all" | "edits" | "commands" | "errors" | "agents" | "commits" | "open";

export interface Filter {
  chosen: Chosen;
  text: string;
}

export const NO_FILTER: Filter = { chosen: "all", text: "" };

/** Whether a step is one of those that a chip chooses. */
function isChosen(step: Step, chosen: Chosen, story: Story): boolean {
  switch (chosen) {
    case "all":
      return true;
    case "edits":
      return kindOf(step) === "edit" || step.added + step.removed > 0;
    case "commands":
      return kindOf(step) === "command";
    case "errors":
      return isError(step);
    case "agents":
      return kindOf(step) === "agent";
    case "commits":
      return story.commits.has(step.id);
    case "open":
      return story.open?.steps.has(step.id) ?? false;
  }
}

/** Tells which steps are to be shown; every word has to be in what the step was about. */
export function matcher({ chosen, text }: Filter, story: Story): (step: Step) => boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return step => {
    if (!isChosen(step, chosen, story)) return false;
    if (words.length === 0) return true;
    const said = `${step.name ?? ""} ${step.target ?? ""} ${step.failure?.code ?? ""}`.toLowerCase();
    return words.every(word => said.includes(word));
  };
}

export function isFiltering({ chosen, text }: Filter): boolean {
  return chosen !== "all" || text.trim() !== "";
}

export type Counts = Record<Chosen, number>;

/** How many steps each chip would leave. */
export function countsOf(story: Story): Counts {
  const counts: Counts = { all: 0, edits: 0, commands: 0, errors: 0, agents: 0, commits: 0, open: 0 };
  const names = Object.keys(counts) as Chosen[];
  for (const step of story.steps)
    for (const chosen of names) if (isChosen(step, chosen, story)) counts[chosen]++;
  return counts;
}
