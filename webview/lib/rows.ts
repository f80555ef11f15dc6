import { isTrouble } from "../../extension/base/steps.ts";
import type { Prompt, Step } from "../../extension/protocol.ts";
import { type Filter, isFiltering, matcher } from "./filter.ts";
import { type Kind, kindOf } from "./kind.ts";
import type { Story } from "./story.ts";

/** A line of the list: a prompt, a step, or a run of steps that belong together. */
export type Row =
  | { kind: "prompt"; id: string; prompt: Prompt; number: number }
  | { kind: "step"; id: string; step: Step; depth: number; open: boolean }
  | { kind: "run"; id: string; steps: Step[]; depth: number; open: boolean };

/** What the reader opened or closed, where it is not as it comes. */
export type Opened = Record<string, boolean>;

/** An edit that is larger than this is opened by hand. */
const LARGE_EDIT = 80;

/** What failed and what was changed is what people come for. */
function opensByItself(step: Step): boolean {
  if (kindOf(step) === "edit") return step.status === "ok" && step.added + step.removed <= LARGE_EDIT;
  return step.kind === "tool" && step.status === "failed" && kindOf(step) !== "agent";
}

/**
 * The list as it is shown: filtered, with runs folded, and what sub-agents did below their calls; or `flat`, with a row
 * for each step and all of them closed, to compare them.
 */
export function rowsOf(story: Story, filter: Filter, opened: Opened, flat = false): Row[] {
  const filtering = isFiltering(filter);
  const isOpen = (step: Step) => opened[step.id] ?? (!flat && opensByItself(step));
  const matches = matcher(filter, story);
  const shown = filtering ? new Set(story.steps.filter(matches).map(step => step.id)) : undefined;
  const rows: Row[] = [];

  const add = (steps: Step[], depth: number) => {
    for (const run of filtering || flat ? steps.map(step => [step]) : runsOf(steps)) {
      const [first] = run;
      if (!first) continue;
      if (run.length === 1) addStep(first, depth);
      else {
        const id = `run:${first.id}`;
        const open = opened[id] ?? false;
        rows.push({ kind: "run", id, steps: run, depth, open });
        if (open) for (const step of run) addStep(step, depth + 1);
      }
    }
  };

  const addStep = (step: Step, depth: number) => {
    const inside = story.nested.get(step.id);
    const own = rows.length;
    rows.push({ kind: "step", id: step.id, step, depth, open: isOpen(step) });
    // A filter looks into sub-agents too, and shows which call what it finds there belongs to.
    if (inside && (filtering || flat || isOpen(step)) && depth < DEEPEST) add(inside, depth + 1);
    if (shown && rows.length === own + 1 && !shown.has(step.id)) rows.pop();
  };

  for (const [i, prompt] of story.session.prompts.entries()) {
    const own = rows.length;
    rows.push({ kind: "prompt", id: `prompt:${prompt.id}`, prompt, number: i + 1 });
    add(story.main.get(prompt) ?? [], 0);
    if (filtering && rows.length === own + 1) rows.pop();
  }
  return rows;
}

/** Sub-agents in sub-agents, in case a damaged file has them go in a circle. */
const DEEPEST = 8;

/** Steps that follow each other and say more together: reading, with the thoughts in between, and retries. */
function runsOf(steps: Step[]): Step[][] {
  const runs: Step[][] = [];
  let [run, kind]: [Step[], Kind | undefined] = [[], undefined];
  for (const step of steps) {
    const own = foldable(step);
    const joins = own === kind || (own === "thought" && kind === "read");
    if (kind !== undefined && joins) run.push(step);
    else {
      run = [step];
      kind = own === "thought" ? undefined : own;
      runs.push(run);
    }
  }
  return runs.flatMap(unlessShort);
}

/** One step is not a run, however much was thought after it. */
function unlessShort(run: Step[]): Step[][] {
  const done = run.filter(step => step.kind !== "thinking");
  return done.length < 2 ? run.map(step => [step]) : [run];
}

function foldable(step: Step): Kind | undefined {
  const kind = kindOf(step);
  if (kind === "retry" || kind === "thought") return kind;
  return kind === "read" && !isTrouble(step) && step.status !== "running" ? kind : undefined;
}
