/**
 * How fast transcripts are read, beside ccusage, a native program that only adds up tokens, and beside what it takes
 * to parse every line. All sides run on the same corpus, in turn, and are checked against its truth. It measures and
 * judges nothing: machines differ. `--megabytes 1000` is the size of the corpus, which is kept in out/bench.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { main, step } from "../../../.scripts/step.mjs";
import { keptCorpus } from "./corpus/kept.ts";
import { floor } from "./floor.ts";
import { Ours } from "./ours.ts";
import { type Run, report } from "./report.ts";
import { installRival, runRival } from "./rival.ts";
import { specials } from "./special.ts";

const folder = join(import.meta.dirname, "../../../out/bench");
const DAY = 24 * 3_600_000;
const ROUNDS = 5;

void main(async () => {
  const { values } = parseArgs({ options: { megabytes: { type: "string", default: "1000" } } });
  const megabytes = Number(values.megabytes);
  const rival = await step("Installing ccusage", () => installRival(folder));
  const { claude, truth } = await step(`Making up ${megabytes} MB`, async () =>
    keptCorpus(folder, megabytes),
  );
  const program = await screenProgram();
  const ours = new Ours(claude, join(folder, "index-home"));
  const home = join(folder, "ccusage-home");
  const run: Run = { rival: [], floor: [], cold: [], warm: [], screen: [] };
  await step(`Measuring ${ROUNDS} rounds`, async () => {
    // In turn, so that a slow moment of the machine meets all sides.
    for (let round = 0; round < ROUNDS; round++) {
      run.rival.push(await runRival(rival, claude, home));
      run.cold.push(await ours.cold());
      run.warm.push(await ours.again());
      run.screen.push(await ours.screen(program, truth.recentSessions, truth.now - DAY));
      if (round < 2) run.floor.push(await floor(claude, join(folder, "programs")));
    }
  });
  const special = await step("Measuring files that are harder", () => specials(folder));
  process.stdout.write(`\n${report(truth, rival.version, run, special)}\n`);
});

async function screenProgram(): Promise<string> {
  const outfile = join(folder, "programs/screen.cjs");
  await build({
    entryPoints: [join(import.meta.dirname, "side/screen.ts")],
    ...{ outfile, bundle: true, platform: "node", target: "node20", format: "cjs", logLevel: "warning" },
  });
  return outfile;
}
