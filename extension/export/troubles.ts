import { troubleOf } from "../base/steps.ts";
import { attributes, ERROR, nanoseconds, type Span, type SpanEvent } from "./span.ts";
import { endOf } from "./times.ts";
import type { TraceStep } from "./trace.ts";

/** More of an error's words are no summary of it. */
const LONGEST = 2000;

/** What went wrong in some steps, as OpenTelemetry tells of it: exceptions, and whether all of it failed. */
export function troubles(steps: TraceStep[]): Pick<Span, "events" | "status"> {
  const events = steps.flatMap(step => {
    const event = eventOf(step);
    return event ? [event] : [];
  });
  const bad = steps.find(({ status, kind }) => status === "failed" && kind !== "retry");
  const message = bad?.failure ? `${bad.failure.type}: ${bad.failure.code}` : undefined;
  return { events, status: bad ? { code: ERROR, ...(message && { message }) } : {} };
}

function eventOf(step: TraceStep): SpanEvent | undefined {
  const { kind, name, failure, result, text } = step;
  const trouble = troubleOf(step);
  const isPart = kind === "tool" || kind === "response" || kind === "thinking";
  if (!trouble && isPart) return undefined;
  if (!trouble)
    return {
      ...{ name: `agent_trace.${kind}`, timeUnixNano: nanoseconds(step.startedAt) },
      attributes: attributes({ "agent_trace.name": name }),
    };
  return {
    ...{ name: "exception", timeUnixNano: nanoseconds(endOf(step)) },
    attributes: attributes({
      "exception.type": failure?.code ?? trouble,
      "exception.message": (result ?? text ?? failure?.type ?? trouble).slice(0, LONGEST),
    }),
  };
}
