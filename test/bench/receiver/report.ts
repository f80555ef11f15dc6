import type { Loaded } from "./programs.ts";

export interface Measured {
  steady: Loaded;
  burst: Loaded;
  files: { count: number; seconds: number };
  /** Seconds after the last answer until everything was stored. */
  drained: { steady: number; burst: number };
  lost: number;
  /** The longest that the thread which started the recorder was kept from its work, in milliseconds. */
  blockedMs: number;
  /** How much more memory its process took at most. */
  grownMB: number;
}

type Floor = Pick<Measured, "steady" | "burst" | "blockedMs">;

/** A table of all that was measured, and which aims are met. */
export function report(ours: Measured, floor: Floor): string {
  const { steady, burst, files, drained, lost, blockedMs, grownMB } = ours;
  const seconds = (time: number) => `${time.toFixed(1)} s`;
  return [
    "answered after, in ms                          p50      p99      max   a second  refused  µs of work",
    line("the floor, at a pace", floor.steady),
    line("the recorder, at a pace", steady),
    line("the floor, in a burst", floor.burst),
    line("the recorder, in a burst", burst),
    "",
    `the recorder's p99 to the floor's: ${ratio(steady, floor.steady)} at a pace, ${ratio(burst, floor.burst)} in a burst`,
    `${files.count} events in files of their own were written and stored in ${seconds(files.seconds)}`,
    `all was stored ${seconds(drained.steady)} after the last answer at a pace, ${seconds(drained.burst)} in a burst`,
    "",
    aim(`lost: ${lost}`, lost === 0),
    aim(`p99 at a pace under 25 ms: ${at(steady.acks, 0.99).toFixed(1)}`, at(steady.acks, 0.99) < 25),
    aim(`hints within 250 ms (p95): ${at(steady.hints, 0.95).toFixed(0)}`, at(steady.hints, 0.95) < 250),
    aim(
      `the editor's thread blocked under 16 ms: ${blockedMs.toFixed(1)} (beside the floor ${floor.blockedMs.toFixed(1)})`,
      blockedMs < 16,
    ),
    aim(`memory grown by less than 250 MB: ${grownMB.toFixed(0)}`, grownMB < 250),
  ].join("\n");
}

function line(name: string, { acks, seconds, refused, work }: Loaded): string {
  const times = [at(acks, 0.5), at(acks, 0.99), at(acks, 1)].map(ms => ms.toFixed(1).padStart(9));
  const pace = (acks.length / seconds).toFixed(0).padStart(11);
  return `${name.padEnd(40)}${times.join("")}${pace}${String(refused).padStart(9)}${work.toFixed(0).padStart(12)}`;
}

function ratio(ours: Loaded, floor: Loaded): string {
  return `${(at(ours.acks, 0.99) / at(floor.acks, 0.99)).toFixed(1)} x`;
}

function at(times: number[], share: number): number {
  const sorted = Float64Array.from(times).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

function aim(what: string, met: boolean): string {
  return `${met ? "met    " : "not met"} ${what}`;
}
