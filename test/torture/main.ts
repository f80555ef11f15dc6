// `npm run torture`: the long form of what `npm test` does for some seconds; takes a few minutes.
import { killInFlood } from "./flood.ts";
import { killWhileWriting } from "./kill.ts";
import { fightOverStore } from "./owners.ts";
import { cutPowerWhileWriting } from "./power.ts";

const rows: string[][] = [["test", "tried", "stored", "damaged", "lost", "in part"]];

void main();

async function main(): Promise<void> {
  const killed = await run("kill -9 while writing", () => killWhileWriting(200));
  add("kill -9 while writing", `${killed.kills} kills`, killed.acked, killed);
  const power = await run("power cut while writing", () => cutPowerWhileWriting(400));
  add("power cut while writing", `${power.points} points`, "", power);
  const lying = await run("the same on a disk that lies", () => cutPowerWhileWriting(100, true));
  add("  on a disk that ignores fsync", `${lying.points} points`, "", lying);
  const fight = await run("owners killed and stopped", () => fightOverStore(50, 5));
  const { kills, stops, acked, lost, sound } = fight;
  add("three windows, owners killed", `${kills} kills`, acked, { damaged: sound ? 0 : 1, lost, partial: 0 });

  const flood = await run("owners killed in a flood", () => killInFlood(50));
  add("owners killed in a flood", `${flood.kills} kills`, flood.acked, {
    damaged: 0,
    lost: flood.lost,
    partial: 0,
  });

  for (const row of rows)
    console.log(row.map((cell, i) => (i === 0 ? cell.padEnd(34) : cell.padStart(10))).join(""));
  console.log(`
  An owner that died was replaced after ${times(fight.takeovers)},
  one that was stopped after ${times(fight.takeoversOfHung)};
  ${fight.steppedDown} of ${stops} stopped owners found out when they went on, and joined their successor.
  The disk that ignores fsync must do harm: else these tests would prove nothing.`);
  const harm =
    killed.damaged +
    killed.lost +
    killed.partial +
    power.damaged +
    power.lost +
    power.partial +
    lost +
    flood.lost;
  process.exit(harm === 0 && sound && fight.steppedDown === stops && lying.damaged + lying.lost > 0 ? 0 : 1);
}

async function run<T>(what: string, work: () => Promise<T>): Promise<T> {
  const start = Date.now();
  const result = await work();
  console.log(`${what}: ${Math.round((Date.now() - start) / 1000)} s`);
  return result;
}

function add(
  test: string,
  tried: string,
  stored: number | string,
  { damaged, lost, partial }: { damaged: number; lost: number; partial: number },
): void {
  rows.push([test, tried, String(stored), String(damaged), String(lost), String(partial)]);
}

function times(all: number[]): string {
  const sorted = all.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return `${at(0.5)} ms (p50), ${at(0.95)} ms (p95), ${at(1)} ms at most`;
}
