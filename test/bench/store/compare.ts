import { copyFile, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { syncFile } from "../../../extension/base/durable.ts";
import { STORE } from "../../../extension/db/open.ts";
import { Candidate, type Results } from "./candidate.ts";
import { MEASURES, type Measure, type MeasureName } from "./measures.ts";
import type { Side } from "./side/process.ts";

export type Pair<T> = { ours: T; limit: T };

const OPENINGS = 5;
/**
 * How often each kind is done, and how often in a row before it is the other side's turn. Events are first stored
 * unmeasured until the log has been filled once, as it soon is in a recorder that runs all day.
 */
const TIMES: Record<Measure["kind"], { before: number; all: number; turn: number }> = {
  read: { before: 0, all: 20, turn: 1 },
  event: { before: 300, all: 500, turn: 10 },
};

/**
 * Measures both sides, each on a copy of the store. They take turns, and each waits while the other is at work, so
 * that what else the machine does hits both alike.
 */
export async function compare(store: string, folder: string, sides: Pair<Side>): Promise<Pair<Results>> {
  const candidates: Candidate[] = [];
  await rm(folder, { recursive: true, force: true }); // one that was broken off leaves it
  try {
    const ours = new Candidate({ ...sides.ours, file: await copyOf(store, join(folder, "ours")) });
    const limit = new Candidate({ ...sides.limit, file: await copyOf(store, join(folder, "limit")) });
    candidates.push(ours, limit);
    for (const one of candidates) await one.startEmpty();
    for (let i = 0; i < OPENINGS; i++) for (const one of candidates) await one.open();
    for (const name of Object.keys(MEASURES) as MeasureName[]) await takeTurns(name, ours, limit);
    for (const one of candidates) await one.finish();
    return { ours: ours.results, limit: limit.results };
  } finally {
    for (const one of candidates) await one.end();
    await rm(folder, { recursive: true, force: true });
  }
}

async function takeTurns(name: MeasureName, ours: Candidate, limit: Candidate): Promise<void> {
  const { before, all, turn } = TIMES[MEASURES[name].kind];
  for (const one of [ours, limit]) await one.warmUp(name, before);
  for (let done = 0; done < all; done += turn) {
    const found = await ours.run(name, turn);
    const wanted = await limit.run(name, turn);
    if (found === undefined) throw new Error(`${MEASURES[name].label}: ${ours.results.failed.get(name)}`);
    if (wanted !== undefined && found !== wanted)
      throw new Error(`The engines do not answer the same: ${MEASURES[name].label}.`);
  }
}

/** On disk before anything is measured: else the first commit would wait for it. */
async function copyOf(store: string, folder: string): Promise<string> {
  const file = join(folder, STORE);
  await mkdir(folder, { recursive: true });
  await copyFile(store, file);
  syncFile(file);
  return file;
}
