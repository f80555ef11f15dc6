import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { reason } from "./base/expected-error.ts";
import type { Tier } from "./clean/facts.ts";
import type { Progress } from "./db/store.ts";
import type { Piece } from "./parse.ts";
import type { ModelPrice } from "./protocol.ts";

/** A file, and how far it was read before. */
export interface ToParse {
  path: string;
  known?: Progress;
}

/** What a parser is started with. */
export interface ParserData {
  key: string;
  prices: Record<string, ModelPrice>;
  tier: Tier;
}

export type FromParser =
  | { kind: "piece"; piece: Piece }
  | { kind: "done"; path: string; error?: string; code?: string | undefined }
  | { kind: "free" };

/** More would only wait for the one that writes. */
const MOST = 4;

/** Worker threads that parse transcripts; `took` gets what they found. */
export class Parsers {
  readonly #data: ParserData;
  readonly #took: (message: FromParser) => void;
  readonly #workers = new Set<Worker>();
  readonly #idle: Worker[] = [];

  constructor(data: ParserData, took: (message: FromParser) => void) {
    this.#data = data;
    this.#took = took;
    for (let i = 0; i < Math.min(availableParallelism(), MOST); i++) this.#start();
  }

  /** Whether one of them has nothing to do. */
  get free(): boolean {
    return this.#idle.length > 0;
  }

  /** Has one of the idle read some files, one after the other. */
  parse(files: ToParse[]): void {
    const worker = this.#idle.pop();
    if (!worker) return;
    const open = new Set(files.map(file => file.path));
    const hear = (message: FromParser) => {
      if (message.kind === "done") open.delete(message.path);
      if (message.kind === "free") finish(worker);
      this.#took(message);
    };
    const fail = (error: Error) => {
      this.#workers.delete(worker);
      for (const path of open) this.#took({ kind: "done", path, error: reason(error) });
      finish(this.#start());
      this.#took({ kind: "free" });
    };
    const finish = (next: Worker) => {
      worker.off("message", hear).off("error", fail);
      if (!this.#idle.includes(next)) this.#idle.push(next);
    };
    worker.on("message", hear).on("error", fail);
    worker.postMessage(files);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#workers].map(worker => worker.terminate()));
  }

  #start(): Worker {
    const file = join(__dirname, "parser.js");
    const worker = new Worker(file, { workerData: this.#data, name: "agent-trace-parser" });
    this.#workers.add(worker);
    this.#idle.push(worker);
    return worker;
  }
}
