import type { Truth } from "./corpus/truth.ts";
import type { Measured } from "./measure.ts";
import type { IndexResult } from "./ours.ts";
import type { RivalResult } from "./rival.ts";
import type { Special } from "./special.ts";

type Took = Omit<Measured, "stdout">;

/** All rounds of all sides. */
export interface Run {
  rival: RivalResult[];
  floor: Took[];
  cold: IndexResult[];
  warm: IndexResult[];
  screen: Took[];
}

const PEAK_MB = 250;

/** The table, whether all sides found the truth, and which aims are met. */
export function report(truth: Truth, version: string, run: Run, special: Special[]): string {
  const limit = median(run.rival);
  const rows: [string, Took[]][] = [
    [`ccusage ${version}: tokens only, nothing kept`, run.rival],
    ["JSON.parse of every line, one thread", run.floor],
    ["agent-trace index: cold, every row durable", run.cold],
    ["... warm: nothing changed", run.warm],
    ["... the last 24 hours on screen, cold", run.screen],
  ];
  const lines = rows.map(([name, took]) => {
    const ms = median(took);
    return `${name.padEnd(46)} ${ms.toFixed(0).padStart(6)} ms ${(ms / limit).toFixed(2).padStart(6)} x ${peak(took).toFixed(0).padStart(5)} MB`;
  });
  const head = `${(truth.bytes / 1e6).toFixed(0)} MB, ${truth.lines} lines; the median of ${run.cold.length} rounds, and the highest peak`;
  return [
    ...[head, ...lines, ""],
    ...special.map(specialLine),
    ...["", ...checks(truth, run), ""],
    aim("cold within 1.5 times ccusage", median(run.cold) <= 1.5 * limit),
    aim("the last 24 hours on screen within a third of it", median(run.screen) <= limit / 3),
    aim("warm within a tenth of it", median(run.warm) <= limit / 10),
    aim(
      `memory at its peak under ${PEAK_MB} MB`,
      Math.max(peak(run.cold), ...special.map(({ first }) => first.peakMB)) < PEAK_MB,
    ),
  ].join("\n");
}

function specialLine({ name, first, warm, appended }: Special): string {
  const more = appended.ms - warm.ms;
  return `${name}: ${first.ms.toFixed(0)} ms, ${first.peakMB.toFixed(0)} MB; one line more: ${more.toFixed(0)} ms over ${warm.ms.toFixed(0)} ms warm`;
}

/** What every side should find, and whether it did. */
function checks(truth: Truth, run: Run): string[] {
  const sum = (of: "input" | "output" | "cacheRead" | "cacheWrite5m" | "cacheWrite1h") =>
    Object.values(truth.models).reduce((all, model) => all + (model?.[of] ?? 0), 0);
  const tokens = { input: sum("input"), output: sum("output"), cacheRead: sum("cacheRead") };
  const writes = { cacheWrite5m: sum("cacheWrite5m"), cacheWrite1h: sum("cacheWrite1h") };
  const { sessions, humanPrompts, toolCalls, requests, cost } = truth;
  const all = {
    sessions,
    prompts: humanPrompts,
    steps: toolCalls,
    requests,
    skipped: 0,
    cost,
    ...tokens,
    ...writes,
  };
  const ours = [...run.cold, ...run.warm].map(({ tokens, costUsd, ...found }) => ({
    ...pick(found, ["sessions", "prompts", "steps", "requests", "skipped"]),
    ...{ cost: Math.round(costUsd * 1e9), ...tokens },
  }));
  const theirs = { ...tokens, cacheWrite: writes.cacheWrite5m + writes.cacheWrite1h, cost };
  return [
    `ours against the truth:    ${verdict(ours, all)}`,
    `ccusage against the truth: ${verdict(
      run.rival.map(result => result.total),
      theirs,
    )}`,
  ];
}

function pick<T, K extends keyof T>(from: T, names: K[]): Pick<T, K> {
  return Object.fromEntries(names.map(name => [name, from[name]])) as Pick<T, K>;
}

function verdict(found: object[], truth: Record<string, number>): string {
  const wrong = new Set(
    found.flatMap(one =>
      Object.entries(truth).flatMap(([name, right]) => {
        const value = (one as Record<string, number>)[name];
        return value === right ? [] : [`${name} is ${value}, not ${right}`];
      }),
    ),
  );
  return wrong.size === 0 ? `all ${Object.keys(truth).length} sums equal` : `WRONG: ${[...wrong].join("; ")}`;
}

function aim(what: string, met: boolean): string {
  return `${met ? "met    " : "NOT MET"}  ${what}`;
}

function median(took: Took[]): number {
  const sorted = took.map(({ ms }) => ms).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function peak(took: Took[]): number {
  return Math.max(...took.map(({ peakMB }) => peakMB));
}
