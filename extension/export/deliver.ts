import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { ExpectedError, reason } from "../base/expected-error.ts";
import { duration } from "../base/format.ts";
import { readProtobuf } from "../capture/otlp/protobuf.ts";
import { requests } from "../capture/otlp/schema.ts";
import type { Endpoint } from "./endpoint.ts";
import type { ResourceSpans } from "./otlp.ts";
import { writeProtobuf } from "./protobuf.ts";

/** How patient one is with an endpoint. */
export interface Patience {
  tries: number;
  /** Before the second try; twice as long before each after it. */
  pauseMs: number;
  signal?: AbortSignal;
}

/** How many spans the other side did not want, and why. */
export interface Delivered {
  rejected: number;
  why: string;
}

/** An endpoint did not take spans. */
export class Refused extends ExpectedError {
  /** It would not take them another time either. */
  readonly forGood: boolean;

  constructor(message: string, forGood: boolean) {
    super(message);
    this.forGood = forGood;
  }
}

/** What is wrong with the spans themselves, and not with how or when they are sent. */
const WRONG = new Set([400, 413, 422]);
const TIMEOUT = 15_000;
/** An endpoint that wants to be left alone for longer is tried another time. */
const LONGEST_PAUSE = 60_000;
/** OTLP's own list of what may pass. */
const PASSING = new Set([429, 502, 503, 504]);

/** Hands spans to an endpoint, which has them when this resolves; what can't be delivered now is tried again. */
export async function deliver(spans: ResourceSpans, to: Endpoint, patience: Patience): Promise<Delivered> {
  const { tries, pauseMs, signal } = patience;
  const body = await packed({ resourceSpans: [spans] }, to);
  for (let attempt = 1; ; attempt++) {
    const answer = await post(to, body, signal);
    if (!(answer instanceof Error) && answer.ok) return rejectedIn(answer);
    // What is not read holds its connection.
    if (!(answer instanceof Error)) await answer.body?.cancel().catch(() => {});
    const asked = answer instanceof Error ? 0 : askedPause(answer.headers.get("retry-after"));
    const passing = answer instanceof Error || PASSING.has(answer.status);
    if (!passing || attempt >= tries || asked > LONGEST_PAUSE)
      throw new Refused(refusal(to, answer, asked), !(answer instanceof Error) && WRONG.has(answer.status));
    // Not all at the same moment, should there be more of us.
    const pause = pauseMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
    await delay(Math.max(asked, pause), undefined, signal && { signal });
  }
}

async function packed(request: object, { form }: Endpoint): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = form === "json" ? JSON.stringify(request) : writeProtobuf(request, requests.traces);
  return Uint8Array.from(await promisify(gzip)(bytes));
}

const TYPES = { json: "application/json", protobuf: "application/x-protobuf" };

/** What is sent goes where the user said, and to nobody that they name in turn. */
async function post(
  { url, headers, form }: Endpoint,
  body: Uint8Array<ArrayBuffer>,
  signal?: AbortSignal,
): Promise<Response | Error> {
  const own = { "content-type": TYPES[form], "content-encoding": "gzip" };
  const ends = [AbortSignal.timeout(TIMEOUT), ...(signal ? [signal] : [])];
  try {
    return await fetch(url, {
      ...{ method: "POST", headers: { ...headers, ...own }, body, redirect: "error" },
      signal: AbortSignal.any(ends),
    });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** `Retry-After` is in seconds, or a date. */
function askedPause(given: string | null): number {
  if (given === null) return 0;
  const ms = /^\d+$/.test(given) ? Number(given) * 1000 : Date.parse(given) - Date.now();
  return Math.max(0, ms || 0);
}

function refusal({ url }: Endpoint, answer: Response | Error, asked: number): string {
  const why = answer instanceof Error ? reason(answer.cause ?? answer) : `it answered ${answer.status}`;
  const later = asked > LONGEST_PAUSE ? ` It wants to be left alone for ${duration(asked)}.` : "";
  const denied = !(answer instanceof Error) && (answer.status === 401 || answer.status === 403);
  const help = denied ? " It wants a key, or another one." : "";
  return `${url.origin} did not take the spans: ${why}.${later}${help}`;
}

const ANSWER = {
  1: ["partialSuccess", { 1: ["rejectedSpans", "int64"], 2: ["errorMessage", "text"] }],
} as const;

interface Partly {
  partialSuccess?: { rejectedSpans?: number | string; errorMessage?: string };
}

/** What an endpoint took in part, it is not to be sent again. */
async function rejectedIn(answer: Response): Promise<Delivered> {
  try {
    const bytes = Buffer.from(await answer.arrayBuffer());
    const isJson = answer.headers.get("content-type")?.includes("json");
    const read = isJson ? JSON.parse(bytes.toString()) : readProtobuf(bytes, ANSWER);
    const { partialSuccess = {} } = read as Partly;
    return { rejected: Number(partialSuccess.rejectedSpans ?? 0), why: partialSuccess.errorMessage ?? "" };
  } catch {
    return { rejected: 0, why: "" };
  }
}
