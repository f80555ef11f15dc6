import { randomBytes } from "node:crypto";
import { setImmediate as breathe, setTimeout as delay } from "node:timers/promises";
import type { Job, Place } from "../job.ts";
import type { Hint } from "../protocol.ts";
import { Client } from "./client.ts";
import { ExpectedError, reason } from "./expected-error.ts";
import { homeOnThisHost, isBusy, readLease } from "./lease.ts";
import { askMeeting } from "./meeting.ts";
import { RecorderWorker } from "./recorder-worker.ts";
import { Signal } from "./signal.ts";
import { tokenOf } from "./token.ts";
import { Wire } from "./wire.ts";

/** Whether the owner can be asked just now. */
export type OwnerStatus = { kind: "joining" } | { kind: "joined" } | { kind: "failed"; message: string };

/** After so long it is asked again, in case news of it were lost. */
const UNHEARD = 500;

/**
 * The owner of a data folder, as every window and terminal sees it: joins the one that runs, or starts a
 * recorder of its own, and does so again whenever the owner goes away.
 */
export class Owner extends Client {
  readonly hints = new Signal<Hint>();
  readonly statusChanged = new Signal<OwnerStatus>();
  readonly #recorderFile: string;
  readonly #privateToken = randomBytes(24).toString("base64url");
  readonly #log: (line: string) => void;
  #place: Place;
  #status: OwnerStatus = { kind: "joining" };
  #wire: Wire | undefined;
  #worker: RecorderWorker | undefined;
  #round = new AbortController();
  #running: Promise<void>;
  #turn = Promise.resolve();
  /** How often in a row there was no owner to join. */
  #failures = 0;
  #closed = false;

  constructor(recorderFile: string, place: Place, log: (line: string) => void) {
    super(() => this.#ask());
    this.#recorderFile = recorderFile;
    this.#place = place;
    this.#log = log;
    this.#running = this.#run(this.#round.signal);
  }

  get status(): OwnerStatus {
    return this.#status;
  }

  get place(): Place {
    return this.#place;
  }

  /** Resolves once the owner has read all transcripts that exist; rejects when there can be no owner. */
  async ready(): Promise<void> {
    let news = false;
    let wake = () => {};
    const tell = () => {
      news = true;
      wake();
    };
    const heard = [this.hints.on(({ kind }) => kind === "state" && tell()), this.statusChanged.on(tell)];
    try {
      while (!(await this.#isReady())) {
        if (!news)
          await new Promise<void>(resolve => {
            wake = resolve;
            setTimeout(resolve, UNHEARD).unref();
          });
        news = false;
      }
    } finally {
      for (const listener of heard) listener.close();
    }
  }

  async #isReady(): Promise<boolean> {
    if (this.#status.kind === "failed") throw new ExpectedError(this.#status.message);
    if (this.#status.kind !== "joined") return false;
    const { scanned, read, found } = await this.state();
    return scanned && read === found;
  }

  /** Leaves the present owner and joins that of another place; the same place is joined anew. */
  move(place: Place): Promise<void> {
    return this.#inTurn(async () => {
      await this.#leave();
      if (this.#closed) return;
      this.#place = place;
      this.#round = new AbortController();
      this.#running = this.#run(this.#round.signal);
    });
  }

  close(): Promise<void> {
    this.#closed = true;
    return this.#inTurn(() => this.#leave());
  }

  /** Moves follow each other, so that there is never more than one round. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(work);
    return this.#turn;
  }

  async #leave(): Promise<void> {
    this.#round.abort();
    await this.#running;
    await this.#worker?.close();
    this.#worker = undefined;
  }

  #ask(): Wire {
    if (this.#wire) return this.#wire;
    if (this.#status.kind === "failed") throw new ExpectedError(this.#status.message);
    throw new ExpectedError("Agent Trace is still starting. Try again in a moment.");
  }

  async #run(signal: AbortSignal): Promise<void> {
    this.#failures = 0;
    await breathe(); // to look at the disk is not a part of the editor's start
    while (!signal.aborted) {
      try {
        await this.#join(signal);
      } catch (error) {
        if (signal.aborted) break;
        this.#failures++;
        this.#log(`not with the recorder any more: ${reason(error)}`);
        // An owner that is just going or coming is no failure yet.
        if (this.#failures > 2) this.#setStatus({ kind: "failed", message: reason(error) });
      }
      await delay(Math.min(50 * 2 ** this.#failures, 30_000), undefined, { signal }).catch(() => {});
    }
    this.#setStatus({ kind: "joining" });
  }

  /** Finds or becomes the owner, then stays with it until it is gone. */
  async #join(signal: AbortSignal): Promise<void> {
    const job = this.#job();
    const port = await this.#findOwner(job, signal);
    if (port === undefined) return;
    const wire = new Wire(port, job.token);
    const joined = () => {
      this.#failures = 0;
      this.#wire = wire;
      this.#log(`joined the recorder on port ${port}`);
      this.#setStatus({ kind: "joined" });
    };
    try {
      await wire.follow(hint => this.hints.fire(hint), joined, signal);
    } finally {
      wire.close();
      this.#wire = undefined;
      if (!signal.aborted) this.#setStatus({ kind: "joining" });
    }
  }

  /** The port of the owner, who may be this window from now on; undefined while the owner is too busy to say. */
  async #findOwner(job: Job, signal: AbortSignal): Promise<number | undefined> {
    const generation = readLease(job.dataDir)?.generation ?? 0;
    const answer = await askMeeting(job.token, { generation, signal });
    if (typeof answer === "number") return answer;
    // Another window may have replaced it while we asked.
    if (signal.aborted || (readLease(job.dataDir)?.generation ?? 0) > generation) return undefined;
    if (answer === "nobody") return this.#becomeOwner({ ...job, generation }, signal);
    if (isBusy(job.dataDir)) return undefined;
    this.#log("the recorder hangs and is replaced");
    return this.#becomeOwner({ ...job, generation: generation + 1 }, signal);
  }

  /** Starts a recorder, unless another window is quicker; answers the port of whoever is the owner then. */
  async #becomeOwner(job: Job, signal: AbortSignal): Promise<number> {
    await this.#worker?.close();
    this.#worker = new RecorderWorker(this.#recorderFile, job, this.#log);
    if (!(await this.#worker.serving(signal))) await this.#worker.close();
    const answer = await askMeeting(job.token, { generation: job.generation, signal });
    if (typeof answer === "number") return answer;
    throw new ExpectedError(
      "The recorder of another window, or another program in its place, does not answer.",
    );
  }

  /** With a data folder that can't be written, a window records for itself and forgets. */
  #job(): Job {
    const dataDir = homeOnThisHost(this.#place.dataDir);
    const place = { ...this.#place, dataDir, shared: dataDir !== this.#place.dataDir, generation: 0 };
    try {
      return { ...place, token: tokenOf(dataDir) };
    } catch (error) {
      return { ...place, token: this.#privateToken, unsaved: reason(error) };
    }
  }

  #setStatus(status: OwnerStatus): void {
    this.#status = status;
    this.statusChanged.fire(status);
  }
}
