/**
 * How fast our store is, and how fast it could be: the store as the extension opens it, beside the SQLite that is
 * built into Node 24, on the same data. It measures and judges nothing: machines differ. `--sizes 55,550` names
 * the sizes of the stores in MB; they are made once, and kept in out/bench.
 */
import { statSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ExpectedError, main, step } from "../../../.scripts/step.mjs";
import { aims } from "./aims.ts";
import { bundle } from "./bundles.ts";
import { compare } from "./compare.ts";
import { madeUpStore } from "./made-up/store.ts";
import { installNode24 } from "./node24/install.ts";
import { table } from "./report.ts";

const folder = join(import.meta.dirname, "../../../out/bench");

void main(async () => {
  const sizes = readSizes();
  const node24 = await step("Installing Node 24", () => installNode24(folder));
  const { host, ours, limit } = await step("Bundling", () => bundle(join(folder, "programs")));
  const sides = {
    ours: { host, node: process.execPath, program: ours },
    limit: { host, node: node24, program: limit },
  };
  let judged = "";
  for (const megabytes of sizes) {
    const store = await step(`Making up ${megabytes} MB`, () => madeUpStore(folder, megabytes));
    const measure = () => compare(store, join(folder, "run"), sides);
    const results = await step("Measuring", measure);
    process.stdout.write(`\n${table(statSync(store).size, results)}\n\n`);
    judged = `Aims, at ${megabytes} MB:\n${aims(results)}\n`;
  }
  process.stdout.write(judged);
});

/** The last one is the largest: the aims are about that. */
function readSizes(): number[] {
  const { values } = parseArgs({ options: { sizes: { type: "string", default: "55,550" } } });
  const sizes = values.sizes.split(",").map(Number);
  if (sizes.every(size => size > 0)) return sizes.sort((a, b) => a - b);
  throw new ExpectedError(`${values.sizes} is no list of sizes in MB, such as 55,550.`);
}
