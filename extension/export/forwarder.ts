import { reason } from "../base/expected-error.ts";
import type { Api, SessionRow } from "../protocol.ts";
import { isAlive, isAtWork } from "../queries/status.ts";
import { batches } from "./batches.ts";
import { deliver, type Patience, Refused } from "./deliver.ts";
import type { Endpoint } from "./endpoint.ts";
import { type ResourceSpans, resourceSpans } from "./otlp.ts";
import { Receipts } from "./receipts.ts";
import { spansOf } from "./spans.ts";
import { type Trace, Traces, type Words } from "./trace.ts";

export interface ForwardTerms {
  to: Endpoint;
  words: Words;
  /** Only sessions that were at work since then. */
  since: number;
}

/** In milliseconds: after news, while sessions are not over, and after a failure, then twice as long each time. */
export interface Pauses {
  soon: number;
  later: number;
  failed: number;
  longest: number;
}

const PAUSES: Pauses = { soon: 2000, later: 60_000, failed: 30_000, longest: 600_000 };

type Source = Pick<Api, "sessions" | "session" | "content" | "edits" | "state">;

/** Sends sessions on as they pause, and the span of the whole once they are over: each span once. */
export class Forwarder {
  readonly #api: Source;
  readonly #terms: ForwardTerms;
  readonly #receipts: Receipts;
  readonly #tell: (problem?: string) => void;
  readonly #pauses: Pauses;
  readonly #patience: Patience;
  readonly #end = new AbortController();
  /** Sessions of which there may be something to send. */
  #due = new Set<string>();
  /** Those that pause, and when they had been at work last. */
  readonly #paused = new Map<string, number>();
  #timer: { at: number; stop: NodeJS.Timeout } | undefined;
  #round = Promise.resolve();
  /** What was left from before is taken up first. */
  #isFirst = true;
  #failures = 0;
  #unwanted: string | undefined;

  /** @param tell hears what is wrong, or that nothing is any more */
  constructor(
    api: Source,
    home: string,
    terms: ForwardTerms,
    tell: (problem?: string) => void,
    pauses = PAUSES,
  ) {
    this.#api = api;
    this.#terms = terms;
    this.#receipts = new Receipts(home, terms.to);
    this.#tell = tell;
    this.#pauses = pauses;
    this.#patience = { tries: 2, pauseMs: pauses.soon, signal: this.#end.signal };
    this.#look(pauses.soon);
  }

  /** How many sessions are not sent, or not over yet. */
  get waiting(): number {
    return this.#due.size;
  }

  hear(session: string): void {
    this.#due.add(session);
    // A failure is waited out, however much happens meanwhile.
    if (this.#failures === 0) this.#look(this.#pauses.soon);
  }

  async close(): Promise<void> {
    this.#end.abort();
    clearTimeout(this.#timer?.stop);
    await this.#round;
  }

  #look(pause: number): void {
    const at = Date.now() + pause;
    if (this.#end.signal.aborted || (this.#timer && this.#timer.at <= at)) return;
    clearTimeout(this.#timer?.stop);
    const stop = setTimeout(() => {
      this.#timer = undefined;
      this.#round = this.#round.then(() => this.#all());
    }, pause);
    this.#timer = { at, stop };
  }

  async #all(): Promise<void> {
    const { later, failed, longest } = this.#pauses;
    try {
      const rows = (await this.#rows()).filter(({ id }) => this.#isFirst || this.#due.has(id));
      this.#due = new Set(rows.map(({ id }) => id));
      this.#isFirst = false;
      for (const row of rows) if (await this.#isOver(row)) this.#due.delete(row.id);
      this.#failures = 0;
      this.#tell(this.#unwanted);
      if (this.#due.size > 0) this.#look(later);
    } catch (error) {
      if (this.#end.signal.aborted) return;
      this.#tell(reason(error));
      this.#look(Math.min(longest, failed * 2 ** this.#failures++));
    }
  }

  /** Sends what is new of a session, unless it is at work; answers whether that was the last of it. */
  async #isOver(row: SessionRow): Promise<boolean> {
    const { id, endedAt } = row;
    if (isAtWork(row)) return false;
    const over = !isAlive(row);
    if (!over && this.#paused.get(id) === endedAt) return false;
    const { taken, whole } = await this.#receipts.of(id);
    if (whole !== endedAt) await this.#send(id, taken, over);
    if (over && whole !== endedAt) await this.#receipts.whole(id, endedAt);
    if (over) this.#paused.delete(id);
    else this.#paused.set(id, endedAt);
    return over;
  }

  async #send(id: string, taken: Set<string>, over: boolean): Promise<void> {
    const trace = await (await Traces.open(this.#api, this.#terms.words)).of(id);
    // What goes on has no end yet: neither the session nor what runs in its background.
    const spans = spansOf(over ? trace : ended(trace)).filter(
      span => over || span.parentSpanId !== undefined,
    );
    for (const batch of batches(spans.filter(({ spanId }) => !taken.has(spanId)))) {
      await this.#deliver(resourceSpans(trace, batch));
      await this.#receipts.taken(
        id,
        batch.map(({ spanId }) => spanId),
      );
    }
  }

  /** What an endpoint will never take is not to keep all else waiting. */
  async #deliver(spans: ResourceSpans): Promise<void> {
    const { rejected, why } = await deliver(spans, this.#terms.to, this.#patience).catch(error => {
      if (error instanceof Refused && error.forGood) return { rejected: 1, why: error.message };
      throw error;
    });
    if (rejected > 0) this.#unwanted = `Some spans were not wanted: ${why}`;
  }

  #rows(): Promise<SessionRow[]> {
    return this.#api.sessions({ since: this.#terms.since });
  }
}

function ended(trace: Trace): Trace {
  const prompts = trace.prompts.map(prompt => ({
    ...prompt,
    steps: prompt.steps.filter(({ status }) => status !== "running"),
  }));
  return { ...trace, prompts };
}
