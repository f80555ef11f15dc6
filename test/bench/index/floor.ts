import { join } from "node:path";
import { build } from "esbuild";
import { type Measured, measure } from "./measure.ts";
import type { Parsed } from "./side/parse-all.ts";

/**
 * What it takes to read a Claude folder in the plainest way: `JSON.parse` of every line, in one thread, and nothing
 * done with it. Who is faster does not parse everything.
 */
export async function floor(claude: string, programs: string): Promise<Omit<Measured, "stdout"> & Parsed> {
  const program = await bundle(programs);
  const { ms, peakMB, stdout } = await measure(process.execPath, [program, join(claude, "projects")], {});
  return { ms, peakMB, ...(JSON.parse(stdout) as Parsed) };
}

/** As JavaScript: what tsx would add in time and memory is not the floor's. */
async function bundle(folder: string): Promise<string> {
  const outfile = join(folder, "parse-all.cjs");
  await build({
    entryPoints: [join(import.meta.dirname, "side/parse-all.ts")],
    ...{ outfile, bundle: true, platform: "node", target: "node20", format: "cjs", logLevel: "warning" },
  });
  return outfile;
}
