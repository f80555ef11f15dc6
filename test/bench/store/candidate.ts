import type { MeasureName } from "./measures.ts";
import { type Side, SideProcess } from "./side/process.ts";
import type { Counts } from "./side/protocol.ts";

/** What was measured of one side, in milliseconds and bytes. */
export interface Results {
  engine: string;
  open: number[];
  firstList: number[];
  ms: Map<MeasureName, number[]>;
  /** What it can't do, and why: the full-text index is not in every SQLite. */
  failed: Map<MeasureName, string>;
  peak: { empty: number; opened: number; end: number };
  counts: Counts;
}

/** One side of the comparison, and what is known about it so far. */
export class Candidate {
  readonly results: Results = {
    ...{ engine: "", open: [], firstList: [], ms: new Map(), failed: new Map() },
    peak: { empty: 0, opened: 0, end: 0 },
    counts: { sessions: 0, prompts: 0, steps: 0 },
  };
  readonly #side: Side;
  #process: SideProcess | undefined;

  constructor(side: Side) {
    this.#side = side;
  }

  async startEmpty(): Promise<void> {
    const empty = new SideProcess({ node: this.#side.node, host: this.#side.host });
    this.results.peak.empty = (await empty.tell("peak")).bytes;
    await empty.end();
  }

  /** Opens the store in a fresh process. */
  async open(): Promise<void> {
    await this.end();
    this.#process = new SideProcess(this.#side);
    const { engine, open, list } = await this.#process.hear("opened");
    this.results.engine = engine;
    this.results.open.push(open);
    this.results.firstList.push(list);
    this.results.peak.opened = (await this.#open().tell("peak")).bytes;
  }

  /** Does something several times; answers what came of it, or nothing when this side can't do it. */
  async run(name: MeasureName, times: number): Promise<string | undefined> {
    const ran = await this.#open().run({ run: name, times });
    if (ran.kind === "failed") {
      this.results.failed.set(name, ran.reason);
      return undefined;
    }
    this.results.ms.set(name, [...(this.results.ms.get(name) ?? []), ...ran.ms]);
    return ran.answer;
  }

  async warmUp(name: MeasureName, times: number): Promise<void> {
    if (times > 0) await this.#open().run({ run: name, times });
  }

  async finish(): Promise<void> {
    this.results.peak.end = (await this.#open().tell("peak")).bytes;
    this.results.counts = await this.#open().tell("counts");
  }

  async end(): Promise<void> {
    await this.#process?.end();
    this.#process = undefined;
  }

  #open(): SideProcess {
    if (!this.#process) throw new Error("The store is not open.");
    return this.#process;
  }
}
