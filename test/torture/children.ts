import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "../..");
const out = join(root, "out/torture");

/** Starts a program of this folder as a process of its own; bundled, because it is started hundreds of times. */
export async function bundle(name: string): Promise<(args: string[]) => ChildProcess> {
  await build({
    entryPoints: [join(import.meta.dirname, `${name}.ts`)],
    ...{ bundle: true, platform: "node", format: "cjs", target: "node20", outdir: out, logLevel: "error" },
  });
  return args => fork(join(out, `${name}.js`), args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
}

/** sql.js's own WebAssembly file, as the extension ships it. */
export const wasmFile = join(root, "node_modules/sql.js/dist/sql-wasm.wasm");

export function ended(child: ChildProcess): Promise<void> {
  return new Promise(resolve => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once("exit", () => resolve());
  });
}

/** Numbers between 0 and 1 that look random and are the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
