import type { ModelRequest } from "../protocol.ts";
import type { Trace, TracePrompt, TraceStep } from "./trace.ts";

/** When a step was over; of what the model said its line was written when it was. */
export function endOf({ kind, startedAt, waitedMs, durationMs }: TraceStep): number {
  return kind === "thinking" || kind === "response" ? startedAt : startedAt + waitedMs + (durationMs ?? 0);
}

/** From when to when things went on, as far as a transcript lets one know: whatever is in one, is not longer. */
export class Times {
  readonly end: number;
  readonly #steps: TraceStep[];
  readonly #trace: Trace;

  constructor(trace: Trace) {
    this.#trace = trace;
    this.#steps = trace.prompts.flatMap(({ steps }) => steps);
    this.end = Math.max(trace.endedAt, ...trace.prompts.map(prompt => this.ofPrompt(prompt)));
  }

  /** When a prompt was over. */
  ofPrompt({ endedAt, steps }: TracePrompt): number {
    return steps.reduce((latest, step) => Math.max(latest, endOf(step)), endedAt);
  }

  /** A response is written down piece by piece; nobody writes down when it was asked for. */
  ofRequest({ id, at, durationMs }: ModelRequest): [start: number, end: number] {
    const pieces = this.#steps.filter(({ requestId }) => requestId === id);
    const end = pieces.reduce((latest, { startedAt }) => Math.max(latest, startedAt), at);
    if (durationMs !== null) return [end - durationMs, end];
    const thought = pieces.map(({ kind, startedAt, durationMs }) =>
      kind === "thinking" ? startedAt - (durationMs ?? 0) : startedAt,
    );
    return [Math.min(at, ...thought), end];
  }

  /** The call of a tool, if it is one of the session's. */
  call(id: string | null): TraceStep | undefined {
    return this.#steps.find(step => step.id === id && step.kind === "tool");
  }

  /** An agent works for as long as its own steps, from when it was called. */
  ofAgent(id: string, call: TraceStep | undefined): [start: number, end: number] {
    const own = this.#steps.filter(({ agentId }) => agentId === id);
    const asked = this.#trace.requests.filter(({ agentId }) => agentId === id).map(({ at }) => at);
    const starts = [...own.map(({ startedAt }) => startedAt), ...asked, ...(call ? [call.startedAt] : [])];
    const ends = [...own.map(endOf), ...asked];
    const start = starts.length > 0 ? Math.min(...starts) : this.#trace.startedAt;
    return [start, Math.max(start, ...ends)];
  }
}
