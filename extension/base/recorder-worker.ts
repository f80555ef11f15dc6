import { setTimeout as delay } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { FromRecorder, Job } from "../job.ts";
import { ExpectedError, reason } from "./expected-error.ts";

/** How long a recorder may take to save before it is ended. */
const PATIENCE = 2000;

/** It shares the memory of the editor's host, so that it is to be modest: most of what it makes is soon gone. */
const YOUNG_MB = 8;

/** A recorder in a worker thread of this process. */
export class RecorderWorker {
  readonly #worker: Worker;

  constructor(file: string, job: Job, log: (line: string) => void) {
    this.#worker = new Worker(file, {
      workerData: job,
      name: "agent-trace-recorder",
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    this.#worker.on("message", (said: FromRecorder) => said.kind === "log" && log(said.line));
    this.#worker.on("error", error => log(`the recorder stopped: ${reason(error)}`));
  }

  /** Resolves when it serves, to false when another recorder was quicker; rejects when it can't. */
  serving(signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.#worker.on("message", (said: FromRecorder) => {
        if (said.kind === "failed") reject(new ExpectedError(said.message));
        else if (said.kind !== "log") resolve(said.kind === "serving");
      });
      this.#worker.once("error", error => reject(new ExpectedError(reason(error))));
      const ended = () => resolve(false);
      signal.addEventListener("abort", ended);
      this.#worker.once("exit", () => {
        signal.removeEventListener("abort", ended);
        ended();
      });
    });
  }

  /** Lets it save and end, or ends it when that takes too long. */
  async close(): Promise<void> {
    if (this.#worker.threadId === -1) return;
    const exited = new Promise(resolve => this.#worker.once("exit", resolve));
    this.#worker.postMessage("close");
    await Promise.race([exited, delay(PATIENCE, undefined, { ref: false })]);
    await this.#worker.terminate();
  }
}
