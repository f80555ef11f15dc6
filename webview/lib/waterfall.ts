import type { Prompt, Step } from "../../extension/protocol.ts";
import { axisOf } from "./axis.ts";
import { spanOf } from "./kind.ts";
import type { Story } from "./story.ts";

/** When a step was done, in shares of its prompt's time. */
export interface Bar {
  /** The model wrote it from here on. */
  from: number;
  /** It waited for the user's permission from here on, if it did. */
  asked: number;
  /** It ran from here on. */
  start: number;
  end: number;
  durationMs: number | null;
  /** For how long the model wrote. */
  wroteMs: number;
  waitedMs: number;
}

export interface Waterfall {
  bars: Map<string, Bar>;
  /** For how long the user was waited for after a prompt. */
  waits: Map<Prompt, number>;
}

/** Who waited for whom: for each step when the model began to write it, and when it ran. */
export function waterfallOf({ session }: Pick<Story, "session">): Waterfall {
  const bars = new Map<string, Bar>();
  const waits = new Map<Prompt, number>();
  for (const [i, prompt] of session.prompts.entries()) {
    for (const [id, bar] of barsOf(prompt)) bars.set(id, bar);
    const next = session.prompts[i + 1];
    if (next) waits.set(prompt, Math.max(0, next.startedAt - prompt.endedAt));
  }
  return { bars, waits };
}

function barsOf({ steps, startedAt, endedAt }: Prompt): [string, Bar][] {
  const axis = axisOf(steps, startedAt, endedAt);
  const share = (time: number) => axis.toPlace(time) / axis.length;
  // Each thread goes on when what it called has ended; a sub-agent's begins with its first step.
  const ended = new Map<string | null, number>([[null, startedAt]]);
  const asked = new Map<string, number>();
  return steps.map(step => {
    const { id, agentId, requestId } = step;
    const durationMs = step.kind === "thinking" ? null : step.durationMs;
    const before = ended.get(agentId) ?? step.startedAt;
    // What one request asked for at once, the model wrote at once.
    const wrote = Math.min((requestId === null ? undefined : asked.get(requestId)) ?? before, step.startedAt);
    if (requestId !== null) asked.set(requestId, wrote);
    const end = endOf(step, endedAt);
    ended.set(agentId, Math.max(before, end));
    const { waitedMs } = step;
    const ran = step.startedAt + waitedMs;
    const bar = { from: share(wrote), asked: share(step.startedAt), start: share(ran), end: share(end) };
    return [id, { ...bar, durationMs, waitedMs, wroteMs: step.startedAt - wrote }];
  });
}

/** What runs has no end yet. */
function endOf(step: Step, now: number): number {
  return step.status === "running" ? Math.max(step.startedAt, now) : spanOf(step).to;
}
