/**
 * The process of one side: it starts the side's program in a worker, as the extension does with its recorder, and
 * hands on what is said. Without a program it is the empty process that others are compared with.
 */
import { Worker } from "node:worker_threads";
import { peakMemory } from "./memory.ts";
import { type Answer, type Ask, clock, type Start } from "./protocol.ts";

const [program, file] = process.argv.slice(2);

if (program && file) {
  const start: Start = { file, at: clock() };
  const worker = new Worker(program, { workerData: start });
  worker.on("message", (answer: Answer) => process.send?.(answer));
  process.on("message", (ask: Ask) => worker.postMessage(ask));
  process.once("disconnect", () => worker.postMessage("end"));
} else {
  process.once("message", () => process.send?.({ kind: "peak", bytes: peakMemory() } satisfies Answer));
}
