import { createHash } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";
import type { Engine } from "../../../../extension/db/engine.ts";
import { MEASURES, type MeasureName } from "../measures.ts";
import { peakMemory } from "./memory.ts";
import { type Answer, type Ask, type Counts, clock, type Ran, type Start } from "./protocol.ts";

/** Opens a store and lists its newest sessions, then does what it is asked to until it is told to end. */
export async function serve(name: string, open: (file: string) => Promise<Engine>): Promise<void> {
  const { file, at } = workerData as Start;
  const db = await open(file);
  const runner = new Runner(db);
  const list = runner.run("sessions", 1).ms[0] ?? 0;
  const opened = clock();
  const engine = `${name} (SQLite ${versionOf(db)}) on Node ${process.versions.node}`;
  say({ kind: "opened", open: opened - at, list, engine });

  parentPort?.on("message", (ask: Ask | "end") => {
    if (ask !== "end") return say(runner.answer(ask));
    db.close();
    process.exit();
  });
}

class Runner {
  readonly #db: Engine;
  readonly #begun = new Map<MeasureName, (time: number) => unknown>();
  #time = 0;

  constructor(db: Engine) {
    this.#db = db;
  }

  answer(ask: Ask): Answer {
    if ("run" in ask) return this.#tryToRun(ask.run, ask.times);
    if (ask.tell === "peak") return { kind: "peak", bytes: peakMemory() };
    return { kind: "counts", ...countsOf(this.#db) };
  }

  run(name: MeasureName, times: number): Ran {
    const work = this.#begun.get(name) ?? MEASURES[name].on(this.#db);
    this.#begun.set(name, work);
    const ms: number[] = [];
    let answer: unknown;
    for (let i = 0; i < times; i++) {
      this.#time++;
      const start = performance.now();
      answer = work(this.#time);
      ms.push(performance.now() - start);
    }
    return { kind: "ran", ms, answer: digest(answer) };
  }

  #tryToRun(name: MeasureName, times: number): Answer {
    try {
      return this.run(name, times);
    } catch (error) {
      return { kind: "failed", reason: error instanceof Error ? error.message : String(error) };
    }
  }
}

function digest(answer: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(answer) ?? "")
    .digest("hex");
}

function versionOf(db: Engine): string {
  return db.get<{ version: string }>("select sqlite_version() as version")?.version ?? "";
}

function countsOf(db: Engine): Counts {
  const sql = "select count(*) as sessions, sum(prompts) as prompts, sum(steps) as steps from total";
  return db.get<Counts>(sql) ?? { sessions: 0, prompts: 0, steps: 0 };
}

function say(answer: Answer): void {
  parentPort?.postMessage(answer);
}
