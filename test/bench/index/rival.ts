import { existsSync } from "node:fs";
import { chmod, copyFile, mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { cleanInstall } from "../../../.scripts/npm.mjs";
import { ExpectedError } from "../../../.scripts/step.mjs";
import wanted from "./ccusage/package.json" with { type: "json" };
import { type Measured, measure } from "./measure.ts";

const here = join(import.meta.dirname, "ccusage");
const PACKAGE = `@ccusage/ccusage-${process.platform}-${process.arch}`;
const versions: Record<string, string> = wanted.optionalDependencies;

/** The program that others use to add up what Claude Code cost: native, and made to be fast. */
export interface Rival {
  version: string;
  program: string;
}

/** ccusage does not tell the two kinds of cache writes apart; costs are nano-dollars here. */
interface RivalSum {
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite: number;
  cost: number;
}

export interface RivalResult extends Omit<Measured, "stdout"> {
  total: RivalSum;
  models: Record<string, RivalSum>;
  /** Models that it has no price for, and so takes to be free. */
  unpriced: string[];
}

/** From npm; it is no dependency, because only this benchmark wants it. */
export async function installRival(cache: string): Promise<Rival> {
  const version = versions[PACKAGE];
  if (!version) throw new ExpectedError("The benchmark compares with ccusage for Linux on x64 only.");
  const folder = join(cache, `ccusage-${version}`);
  if (!existsSync(folder)) await install(folder);
  return { version, program: programIn(folder) };
}

/** Installs beside the folder and renames: a folder of that name is complete. */
async function install(folder: string): Promise<void> {
  const partial = `${folder}.partial`;
  await mkdir(partial, { recursive: true });
  for (const file of ["package.json", "package-lock.json"])
    await copyFile(join(here, file), join(partial, file));
  await cleanInstall(partial);
  // Its JavaScript wrapper does this before it starts it; without the wrapper, Node's own start is not counted.
  await chmod(programIn(partial), 0o755);
  await rename(partial, folder);
}

function programIn(folder: string): string {
  return join(folder, "node_modules", PACKAGE, "bin/ccusage");
}

/** Lets it add up a Claude folder; `home` is an empty one made for this, so that it finds no other. */
export async function runRival({ program }: Rival, claude: string, home: string): Promise<RivalResult> {
  await rm(home, { recursive: true, force: true });
  await mkdir(home, { recursive: true });
  const env = { HOME: home, CLAUDE_CONFIG_DIR: claude, TZ: "UTC" };
  const { ms, peakMB, stdout } = await measure(program, ["claude", "daily", "--offline", "--json"], env);
  return { ms, peakMB, ...read(JSON.parse(stdout) as Report) };
}

interface Row {
  inputTokens: number;
  outputTokens: number;
  cacheReadTokens: number;
  cacheCreationTokens: number;
}

/** What each of its 5-hour blocks cost, in nano-dollars, by its begin. */
export async function rivalBlocks(
  { program }: Rival,
  claude: string,
  home: string,
): Promise<Map<number, number>> {
  const env = { HOME: home, CLAUDE_CONFIG_DIR: claude, TZ: "UTC" };
  const { stdout } = await measure(program, ["claude", "blocks", "--offline", "--json"], env);
  const { blocks } = JSON.parse(stdout) as {
    blocks: { startTime: string; isGap: boolean; costUSD: number }[];
  };
  const used = blocks.filter(({ isGap }) => !isGap);
  return new Map(used.map(block => [Date.parse(block.startTime), Math.round(block.costUSD * 1e9)]));
}

/** What it prints: only what is read of it. */
interface Report {
  daily: { modelBreakdowns: (Row & { modelName: string; cost: number })[] }[];
  totals: Row & { totalCost: number; unpricedModels?: string[] };
}

function read({ daily, totals }: Report): Pick<RivalResult, "total" | "models" | "unpriced"> {
  const models: Record<string, RivalSum> = {};
  for (const row of daily.flatMap(day => day.modelBreakdowns)) {
    const one = sumOf(row, row.cost);
    const before = models[row.modelName];
    models[row.modelName] = before ? plus(before, one) : one;
  }
  // Its dollars are added up as fractions: rounded only now, they are whole nano-dollars again.
  for (const sum of Object.values(models)) sum.cost = Math.round(sum.cost);
  const total = sumOf(totals, totals.totalCost);
  return { total: { ...total, cost: Math.round(total.cost) }, models, unpriced: totals.unpricedModels ?? [] };
}

function sumOf(row: Row, dollars: number): RivalSum {
  return {
    ...{ input: row.inputTokens, output: row.outputTokens, cacheRead: row.cacheReadTokens },
    ...{ cacheWrite: row.cacheCreationTokens, cost: dollars * 1e9 },
  };
}

function plus(a: RivalSum, b: RivalSum): RivalSum {
  return {
    ...{ input: a.input + b.input, output: a.output + b.output, cacheRead: a.cacheRead + b.cacheRead },
    ...{ cacheWrite: a.cacheWrite + b.cacheWrite, cost: a.cost + b.cost },
  };
}
