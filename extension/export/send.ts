import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { ExpectedError, reason } from "../base/expected-error.ts";
import { type ResourceSpans, resourceSpans } from "./otlp.ts";
import { spansOf } from "./spans.ts";
import type { Trace } from "./trace.ts";

/** Where spans go. */
export interface Endpoint {
  url: URL;
  headers: Record<string, string>;
}

/** What became of them. */
export interface Sent {
  sessions: number;
  spans: number;
  /** How many of them the other side did not want, and why. */
  rejected: number;
  why: string;
}

const BATCH = 500;
const TIMEOUT = 15_000;
const TRIES = 5;
/** OTLP's own list of what may pass. */
const PASSING = new Set([429, 502, 503, 504]);

/** Sends sessions to a collector, in batches; what can't be delivered now is tried again for a while. */
export async function send(traces: AsyncIterable<Trace>, to: Endpoint, pause = 1000): Promise<Sent> {
  const sent: Sent = { sessions: 0, spans: 0, rejected: 0, why: "" };
  for await (const trace of traces) {
    const spans = spansOf(trace);
    for (let i = 0; i < spans.length; i += BATCH) {
      const batch = spans.slice(i, i + BATCH);
      const { rejected, why } = await deliver(resourceSpans(trace, batch), to, pause);
      sent.spans += batch.length;
      sent.rejected += rejected;
      sent.why ||= why;
    }
    sent.sessions++;
  }
  return sent;
}

async function deliver(
  batch: ResourceSpans,
  { url, headers }: Endpoint,
  pause: number,
): Promise<{ rejected: number; why: string }> {
  const body = Uint8Array.from(await promisify(gzip)(JSON.stringify({ resourceSpans: [batch] })));
  for (let attempt = 1; ; attempt++) {
    const answer = await post(url, headers, body);
    if (!(answer instanceof Error) && answer.ok) return rejectedIn(await answer.text());
    const why = answer instanceof Error ? reason(answer.cause ?? answer) : `it answered ${answer.status}`;
    const passing = answer instanceof Error || PASSING.has(answer.status);
    if (!passing || attempt === TRIES) throw new ExpectedError(refusal(url, why, answer));
    const asked = answer instanceof Error ? 0 : Number(answer.headers.get("retry-after")) * 1000 || 0;
    // Not all at the same moment, should there be more of us.
    await delay(Math.max(asked, pause * 2 ** (attempt - 1) * (0.5 + Math.random() / 2)));
  }
}

/** What is sent goes where the user said, and to nobody that they name in turn. */
async function post(
  url: URL,
  headers: Record<string, string>,
  body: Uint8Array<ArrayBuffer>,
): Promise<Response | Error> {
  const own = { "content-type": "application/json", "content-encoding": "gzip" };
  try {
    const signal = AbortSignal.timeout(TIMEOUT);
    return await fetch(url, {
      method: "POST",
      headers: { ...headers, ...own },
      body,
      redirect: "error",
      signal,
    });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function refusal(url: URL, why: string, answer: Response | Error): string {
  const denied = !(answer instanceof Error) && (answer.status === 401 || answer.status === 403);
  const help = denied ? " Give it the key it wants with --header NAME=VALUE." : "";
  return `${url.origin} did not take the spans: ${why}.${help} Sending them again later doubles nothing.`;
}

function rejectedIn(answer: string): { rejected: number; why: string } {
  try {
    const { partialSuccess = {} } = JSON.parse(answer) as {
      partialSuccess?: { rejectedSpans?: number | string; errorMessage?: string };
    };
    return { rejected: Number(partialSuccess.rejectedSpans ?? 0), why: partialSuccess.errorMessage ?? "" };
  } catch {
    return { rejected: 0, why: "" };
  }
}
