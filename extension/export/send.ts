import { batches } from "./batches.ts";
import { type Delivered, deliver, type Patience } from "./deliver.ts";
import type { Endpoint } from "./endpoint.ts";
import { resourceSpans } from "./otlp.ts";
import type { Outbox } from "./outbox.ts";
import { spansOf } from "./spans.ts";
import type { Traces } from "./trace.ts";

/** What became of sessions. */
export interface Sent extends Delivered {
  sessions: number;
  spans: number;
}

const PATIENCE: Patience = { tries: 5, pauseMs: 1000 };

/** Sends sessions to an endpoint, one after the other. Those it did not take wait in the outbox, however this ends. */
export async function send(
  ids: string[],
  traces: Pick<Traces, "of">,
  to: Endpoint,
  outbox: Outbox,
  patience = PATIENCE,
): Promise<Sent> {
  const sent: Sent = { sessions: 0, spans: 0, rejected: 0, why: "" };
  await outbox.keep(ids);
  try {
    for (const id of ids) {
      const trace = await traces.of(id);
      for (const spans of batches(spansOf(trace))) {
        const { rejected, why } = await deliver(resourceSpans(trace, spans), to, patience);
        sent.spans += spans.length;
        sent.rejected += rejected;
        sent.why ||= why;
      }
      sent.sessions++;
    }
  } finally {
    await outbox.keep(ids.slice(sent.sessions));
  }
  return sent;
}
