import { oneLine } from "../../extension/base/format.ts";
import { isError, isTrouble } from "../../extension/base/steps.ts";
import type { Step } from "../../extension/protocol.ts";
import type { Axis } from "./axis.ts";
import { type Kind, kindOf, spanOf } from "./kind.ts";
import type { Story } from "./story.ts";

/** So many bars are drawn over the whole length. */
const BARS = 200;

export interface Bar {
  kind: Kind;
  /** Its height, of 1. */
  share: number;
}

// When a bar stands for several kinds, the one that says most gives it its colour.
const WEIGHT: Record<Kind, number> = {
  ...{ trouble: 100, edit: 8, agent: 6, command: 4, other: 2, read: 2, said: 2, retry: 50, thought: 1 },
};

/** How much happened when, and mostly what. */
export function barsOf(steps: Step[], axis: Axis): Bar[] {
  const bins = Array.from({ length: BARS }, () => ({ count: 0, weights: new Map<Kind, number>() }));
  const binOf = (time: number) => Math.min(BARS - 1, Math.floor((axis.toPlace(time) / axis.length) * BARS));
  for (const step of steps) {
    const kind = isTrouble(step) ? "trouble" : kindOf(step);
    const span = spanOf(step);
    const [from, to] = [binOf(span.from), binOf(span.to)];
    // What takes long is seen for all of its time; a sub-agent's time is that of its own steps.
    for (let i = from; i <= (kind === "agent" ? from : to); i++) {
      const bin = bins[i];
      if (!bin) continue;
      bin.count++;
      bin.weights.set(kind, (bin.weights.get(kind) ?? 0) + WEIGHT[kind]);
    }
  }
  const most = Math.max(...bins.map(bin => bin.count), 1);
  return bins.map(({ count, weights }) => {
    const [[kind] = ["other" as const]] = [...weights].sort(([, a], [, b]) => b - a);
    return { kind, share: count === 0 ? 0 : 0.25 + 0.75 * Math.sqrt(count / most) };
  });
}

export interface Mark {
  kind: "prompt" | "commit" | "compaction" | "error";
  place: number;
  label: string;
  title: string;
}

/** What people look for on the axis. */
export function marksOf(story: Story, axis: Axis): Mark[] {
  const { session, steps, solved } = story;
  const mark = (kind: Mark["kind"], time: number, title: string, label = ""): Mark => ({
    ...{ kind, title, label },
    place: axis.toPlace(time),
  });
  const cuts = steps.filter(step => step.kind === "compaction");
  const errors = steps.filter(step => isError(step) && !solved.has(step.id));
  const marks = [
    session.prompts.map((prompt, i) => mark("prompt", prompt.startedAt, oneLine(prompt.text), `${i + 1}`)),
    session.commits.map(({ at, sha }) => mark("commit", at, `Commit ${sha ?? ""}`)),
    cuts.map(step => mark("compaction", step.startedAt, "Compacted")),
    errors.map(step => mark("error", step.startedAt, oneLine(step.target ?? "Error"))),
  ];
  return marks.flatMap(some => spaced(some, axis));
}

/** Marks that would lie on each other are one: a long session has hundreds. */
function spaced(marks: Mark[], axis: Axis): Mark[] {
  let last = Number.NEGATIVE_INFINITY;
  return marks.filter(({ place }) => {
    if (place - last < axis.length / BARS) return false;
    last = place;
    return true;
  });
}
