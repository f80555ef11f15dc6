/**
 * How fast the bill answers after a year of heavy use, and the terminal lists it, beside what it takes to go through
 * all requests, and beside one run of ccusage on the same transcripts; all are checked against what was made up. It
 * measures and judges nothing but the sums: machines differ. On another corpus, with all that transcripts have in them,
 * the page, the API, `agent-trace list` and ccusage are asked whether they say the same. The transcripts are kept in
 * out/bench.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { main, step } from "../../../.scripts/step.mjs";
import type { Window } from "../../../extension/bill.ts";
import { Prices } from "../../../extension/clean/prices.ts";
import { openStore } from "../../../extension/db/open.ts";
import { spendingOf } from "../../../extension/queries/cells.ts";
import { sharedSQLite } from "../../extension/db/open-scratch.ts";
import { installRival, rivalBlocks, runRival } from "../index/rival.ts";
import { agreement } from "./agreement.ts";
import { type Answers, reading } from "./ask.ts";
import { listing } from "./listing.ts";
import { writeYear, YEAR } from "./year.ts";

const bench = join(import.meta.dirname, "../../../out/bench");
const folder = join(bench, "year");
const claude = join(folder, ".claude");
const data = join(folder, "data");
const ROUNDS = 5;
const MEGABYTES = 200;

interface Truth {
  end: number;
  cost: number;
}

void main(async () => {
  const truth = await step(`Making up ${YEAR.sessions} sessions`, async () => yearOf());
  rmSync(data, { recursive: true, force: true });
  const rival = await installRival(bench);
  const theirs = await step("Running ccusage", () => runRival(rival, claude, join(bench, "ccusage-home")));
  const blocks = await rivalBlocks(rival, claude, join(bench, "ccusage-home"));
  await step(`Reading ${YEAR.requests} requests`, () => reading(data, claude, truth.end, 1));
  const rounds: Answers[] = [];
  await step(`Measuring ${ROUNDS} rounds`, async () => {
    for (let i = 0; i < ROUNDS; i++) rounds.push(...(await reading(data, claude, truth.end, 2)));
  });
  const lists = await step("Listing all sessions", () => listing(data, claude));
  const scan = await step("Going through all requests", scanned);
  const cold = rounds.filter((_, i) => i % 2 === 0);
  const warm = rounds.filter((_, i) => i % 2 === 1);
  console.log(`\n${"in ms, the median of rounds".padEnd(52)}   cold   warm`);
  for (const [what] of rounds[0]?.took ?? [])
    console.log(`${what.padEnd(52)} ${median(cold, what)} ${median(warm, what)}`);
  console.log(
    `${"all requests gone through, as without roll-ups".padEnd(52)} ${scan.toFixed(0).padStart(6)}`,
  );
  console.log(
    `${`ccusage ${rival.version}: tokens by day, nothing else`.padEnd(52)} ${theirs.ms.toFixed(0).padStart(6)}`,
  );
  const floor = lists["node -e 0"] ?? 0;
  for (const [what, ms] of Object.entries(lists))
    console.log(
      `${what.padEnd(52)} ${ms.toFixed(0).padStart(6)}, ${(ms / floor).toFixed(1)} times Node's own`,
    );
  const sums = new Set(rounds.flatMap(({ sums }) => sums));
  console.log(`\nours, by whatever, against the truth: ${verdict([...sums], truth.cost)}`);
  console.log(`ccusage against the truth: ${verdict([theirs.total.cost], truth.cost)}`);
  console.log(`5-hour windows, ours beside ccusage's: ${compared(rounds[0]?.windows ?? [], blocks)}`);
  const lines = await step(`Asking every side about ${MEGABYTES} MB`, () =>
    agreement(bench, rival, MEGABYTES),
  );
  console.log(`\n${lines.join("\n")}`);
});

function yearOf(): Truth {
  const file = join(folder, "truth.json");
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Truth;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const truth = { end: Date.now(), cost: 0 };
  truth.cost = writeYear(claude, truth.end).cost;
  writeFileSync(file, JSON.stringify(truth));
  return truth;
}

/** What the roll-ups save: each session's requests and steps, in a process that does nothing else. */
async function scanned(): Promise<number> {
  const { db } = openStore(await sharedSQLite(), data);
  const prices = new Prices();
  const start = performance.now();
  for (const { key } of db.all<{ key: number }>("select key from session")) spendingOf(db, key, prices);
  const took = performance.now() - start;
  db.close();
  return took;
}

function median(rounds: Answers[], what: string): string {
  const all = rounds.map(({ took }) => took.get(what) ?? 0).sort((a, b) => a - b);
  return (all[Math.floor(all.length / 2)] ?? 0).toFixed(0).padStart(6);
}

function verdict(sums: number[], truth: number): string {
  const wrong = sums.filter(sum => sum !== truth);
  return wrong.length === 0 ? `the same to the nano-dollar, ${truth}` : `${wrong} instead of ${truth}`;
}

/** It has the same full hours as we where the time zone has full hours. */
function compared(windows: Window[], blocks: Map<number, number>): string {
  const same = windows.filter(({ start, costUsd }) => blocks.get(start) === Math.round(costUsd * 1e9));
  return `${same.length} of ${windows.length} are the same to the nano-dollar as its ${blocks.size}`;
}
