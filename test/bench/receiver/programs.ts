import { fork } from "node:child_process";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import type { Load, LoadWanted } from "./side/load.ts";

/** The programs of the other sides, bundled: what tsx would add in time and memory is not theirs. */
export async function bundle(folder: string): Promise<void> {
  await build({
    entryPoints: ["load.ts", "floor.ts"].map(name => join(import.meta.dirname, "side", name)),
    ...{ outdir: folder, outExtension: { ".js": ".cjs" }, bundle: true, minify: true },
    ...{ platform: "node", target: "node20", format: "cjs", logLevel: "warning" },
  });
}

/** A load, and how much work it was for this process, in microseconds an event: that holds on a busy machine, too. */
export interface Loaded extends Load {
  work: number;
}

export async function runLoad(folder: string, wanted: LoadWanted): Promise<Loaded> {
  const before = process.cpuUsage();
  const load = await send(folder, wanted);
  const { user, system } = process.cpuUsage(before);
  return { ...load, work: (user + system) / wanted.count };
}

function send(folder: string, wanted: LoadWanted): Promise<Load> {
  const child = fork(join(folder, "load.cjs"), { execArgv: [] });
  return new Promise((resolve, reject) => {
    child.once("message", result => resolve(result as Load));
    child.once("exit", code => reject(new Error(`The load ended with ${code}.`)));
    child.send(wanted);
  });
}

/** Starts the server that does nothing; answers its port. */
export async function startFloor(folder: string): Promise<{ port: number; close(): Promise<number> }> {
  const worker = new Worker(join(folder, "floor.cjs"));
  const address = await new Promise<string>(resolve => worker.once("message", resolve));
  return { port: Number(new URL(address).port), close: () => worker.terminate() };
}
