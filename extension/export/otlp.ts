import { programOf } from "../base/program.ts";
import type { Format } from "./format.ts";
import { attributes, type Span } from "./span.ts";
import { spansOf } from "./spans.ts";
import type { Trace } from "./trace.ts";

/** All of one sender. */
export interface ResourceSpans {
  resource: { attributes: ReturnType<typeof attributes> };
  scopeSpans: { scope: { name: string }; spans: Span[] }[];
}

/** A session as OpenTelemetry's traces: what a request to a collector has in it. */
export const otlp: Format = {
  ...{ extension: "json", words: "none" },
  ...{ begin: '{"resourceSpans":[\n', between: ",\n", end: "\n]}\n" },
  of: trace => JSON.stringify(resourceSpans(trace, spansOf(trace))),
};

export function resourceSpans({ clientVersion }: Trace, spans: Span[]): ResourceSpans {
  const program = clientVersion === null ? undefined : programOf(clientVersion);
  const name = program && !program.isClaude ? program.name : "claude-code";
  return {
    resource: {
      attributes: attributes({ "service.name": name, "service.version": program?.version }),
    },
    scopeSpans: [{ scope: { name: "agent-trace" }, spans }],
  };
}
