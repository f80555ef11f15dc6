import { setTimeout as delay } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Ending, Form, Passed, Recorded, Side } from "./passed.ts";

/** So many bytes may wait to be read: whoever sends more is passed on, but not recorded any further. */
const MOST_WAITING = 64 * 1024 * 1024;
/** For how long the end waits until all is written. */
const PATIENCE = 3000;

/**
 * Tells a thread of its own what passes. That reads, redacts and writes, so that nothing of it delays a byte here; and
 * whatever becomes of it, the bytes pass.
 */
export class Tap {
  readonly #worker: Worker | undefined;
  readonly #exited: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #lanes = 0;

  constructor(file: string, recorded: Recorded) {
    try {
      // Its own standard output is none of the server's.
      const worker = new Worker(file, { workerData: recorded, stdout: true, stderr: true });
      this.#exited = new Promise(resolve => worker.once("exit", resolve));
      worker.on("error", () => {
        this.#waiting = Number.POSITIVE_INFINITY;
      });
      worker.on("message", (read: number) => {
        this.#waiting -= read;
      });
      this.#worker = worker;
    } catch {
      this.#waiting = Number.POSITIVE_INFINITY;
    }
  }

  /** Begins a lane. */
  lane(from: Side, form: Form, conversation: string, answers?: Lane): Lane {
    const lane = this.#lanes++;
    this.#tell({ kind: "lane", lane, from, form, conversation, ...(answers && { answers: answers.number }) });
    return {
      number: lane,
      pass: bytes => {
        if (this.#waiting > MOST_WAITING) return;
        this.#waiting += bytes.length;
        // What is handed over is gone here, and a piece of a pool has others' bytes about it.
        const copy = new Uint8Array(bytes);
        this.#tell({ kind: "bytes", lane, at: now(), bytes: copy }, copy.buffer);
      },
      gone: () => this.#tell({ kind: "gone", lane, at: now() }),
      over: () => this.#tell({ kind: "over", lane, at: now() }),
      named: name => this.#tell({ kind: "named", lane, conversation: name }),
      refused: status => this.#tell({ kind: "refused", lane, at: now(), status }),
    };
  }

  ended(how: Ending, conversation?: string): void {
    this.#tell({ kind: "ended", how, at: now(), ...(conversation !== undefined && { conversation }) });
  }

  /** Ends all, and waits until it is written, but not for ever. */
  async close(how: Ending): Promise<void> {
    this.ended(how);
    await Promise.race([this.#exited, delay(PATIENCE, undefined, { ref: false })]);
  }

  #tell(passed: Passed, ...given: ArrayBuffer[]): void {
    try {
      this.#worker?.postMessage(passed, given);
    } catch {}
  }
}

/** What passes in one direction. */
export interface Lane {
  number: number;
  pass(bytes: Uint8Array): void;
  over(): void;
  /** Nothing more comes of it, or of what it asked. */
  gone(): void;
  /** Says by what name the conversation is known from now on that it began. */
  named(conversation: string): void;
  /** Says that what it asked was not answered, and with which status of HTTP if it was reached. */
  refused(status?: number): void;
}

/** The time to a fraction of a millisecond: many servers answer within one. */
function now(): number {
  return performance.timeOrigin + performance.now();
}
