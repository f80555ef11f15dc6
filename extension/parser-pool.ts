import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { reason } from "./base/expected-error.ts";
import type { Terms } from "./clean/turn.ts";
import type { Progress } from "./db/store.ts";

/** A file, and how far it was read before. */
export interface ToParse {
  path: string;
  known?: Progress;
}

/** What a parser is started with. */
export interface ParserData extends Terms {
  key: string;
}

/** A piece of a file as JSON: packed, so many rows wait in little room until it is their turn to be written. */
export interface PackedPiece {
  path: string;
  /** How many rows it holds. */
  size: number;
  json: string;
}

export type FromParser =
  | ({ kind: "piece" } & PackedPiece)
  | { kind: "done"; path: string; error?: string; code?: string | undefined }
  | { kind: "free" };

/** More would only wait for the one that writes. */
const MOST = 4;

/** What a parser makes is gone with the next lines: more room for it would only take memory. */
const YOUNG_MB = 4;

/** So many jobs each has before it, so that it need not wait for the one who writes. */
const AHEAD = 2;

interface Parser {
  worker: Worker;
  /** The files of each of its jobs that it has not ended. */
  jobs: Set<string>[];
}

/** Worker threads that parse transcripts; `took` gets what they found. */
export class ParserPool {
  readonly #data: ParserData;
  readonly #took: (message: FromParser) => void;
  readonly #most = Math.min(availableParallelism(), MOST);
  readonly #parsers: Parser[] = [];

  constructor(data: ParserData, took: (message: FromParser) => void) {
    this.#data = data;
    this.#took = took;
  }

  /** Whether one of them could take another job. */
  get free(): boolean {
    return this.#parsers.length < this.#most || this.#parsers.some(({ jobs }) => jobs.length < AHEAD);
  }

  /** Has the one with the least to do read some files, one after the other. */
  parse(files: ToParse[]): void {
    const idle = this.#parsers.find(({ jobs }) => jobs.length === 0);
    const { worker, jobs } = idle ?? (this.#parsers.length < this.#most ? this.#start() : this.#least());
    jobs.push(new Set(files.map(file => file.path)));
    worker.postMessage(files);
  }

  async close(): Promise<void> {
    await Promise.all(this.#parsers.map(({ worker }) => worker.terminate()));
  }

  #least(): Parser {
    return this.#parsers.reduce((least, parser) => (parser.jobs.length < least.jobs.length ? parser : least));
  }

  #start(): Parser {
    const worker = new Worker(join(__dirname, "parser.js"), {
      workerData: this.#data,
      name: "agent-trace-parser",
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    const parser: Parser = { worker, jobs: [] };
    this.#parsers.push(parser);
    worker.on("message", (message: FromParser) => {
      if (message.kind === "done") parser.jobs[0]?.delete(message.path);
      if (message.kind === "free") parser.jobs.shift();
      this.#took(message);
    });
    worker.on("error", error => {
      this.#parsers.splice(this.#parsers.indexOf(parser), 1);
      for (const path of parser.jobs.flatMap(job => [...job]))
        this.#took({ kind: "done", path, error: reason(error) });
      this.#took({ kind: "free" });
    });
    return parser;
  }
}
