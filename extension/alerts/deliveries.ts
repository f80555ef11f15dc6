import type { AlertDelivery } from "../alert.ts";
import { reason } from "../base/expected-error.ts";
import type { AlertLog, Due } from "../db/alert-log.ts";

export type Way = AlertDelivery["way"];

/** After so many milliseconds what did not arrive is tried again. */
const PAUSES = [1000, 4000, 16_000];
const UNSURE = "Agent Trace ended while it was sent: it may have arrived, and is not sent again.";

/**
 * Sends what is due, and tells of each try, with a reason of one that was the last and failed. That a try begins stands in the store before it does: a recorder that follows goes on with what
 * did not arrive, and leaves alone what may have.
 */
export class Deliveries {
  readonly #log: AlertLog;
  readonly #send: (way: Way, alert: number) => Promise<void>;
  readonly #now: () => number;
  readonly #tried: (failed?: string) => void;
  #closed = false;

  constructor(
    log: AlertLog,
    send: (way: Way, alert: number) => Promise<void>,
    now: () => number,
    tried: (failed?: string) => void,
  ) {
    this.#log = log;
    this.#send = send;
    this.#now = now;
    this.#tried = tried;
  }

  /** What a recorder before this one was sending when it ended is not sent again. */
  takeOver(): void {
    this.#log.giveUp(UNSURE);
  }

  /** Begins to send what is due; answers when there is more to do. */
  work(): number {
    for (const due of this.#log.due()) {
      if (due.due > this.#now()) return due.due;
      // What the store could not take is told of by the store.
      void this.#try(due).catch(() => {});
    }
    return Number.POSITIVE_INFINITY;
  }

  /** What is being sent is not waited for. */
  close(): void {
    this.#closed = true;
  }

  async #try(due: Due): Promise<void> {
    const tries = due.tries + 1;
    this.#log.deliver(due, { state: "sending", tries });
    const why = await this.#send(due.way, due.alert).then(() => undefined, reason);
    if (this.#closed) return;
    const pause = PAUSES[due.tries];
    if (why === undefined) this.#log.deliver(due, { state: "sent", why: null });
    else if (pause === undefined) this.#log.deliver(due, { state: "failed", why });
    else this.#log.deliver(due, { state: "due", why, due: this.#now() + pause });
    this.#tried(why !== undefined && pause === undefined ? why : undefined);
  }
}
