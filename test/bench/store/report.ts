import { size } from "../../../extension/base/format.ts";
import type { Results } from "./candidate.ts";
import type { Pair } from "./compare.ts";
import { MEASURES, type MeasureName } from "./measures.ts";

/** One line of the table; a number that could not be had is left out. */
interface Line {
  label: string;
  unit: "ms" | "MB";
  ours: number | undefined;
  limit: number | undefined;
}

/** The table of one store: what was measured, ours, the limit, and how many times the limit ours is. */
export function table(bytes: number, { ours, limit }: Pair<Results>): string {
  const { sessions, prompts, steps } = ours.counts;
  const n = (count: number) => count.toLocaleString("en");
  return [
    `A store of ${size(bytes)}: ${n(sessions)} sessions, ${n(prompts)} prompts, ${n(steps)} steps`,
    `ours: ${ours.engine}; limit: ${limit.engine}`,
    "",
    row(["", "ours", "limit", "ratio"]),
    ...lines({ ours, limit }).map(format),
    ...[...limit.failed].map(([name, why]) => `The limit has no ${MEASURES[name].label}: ${why}`),
  ].join("\n");
}

function lines(results: Pair<Results>): Line[] {
  const line = (label: string, unit: Line["unit"], of: (one: Results) => number | undefined): Line => ({
    ...{ label, unit, ours: of(results.ours), limit: of(results.limit) },
  });
  const of = (name: MeasureName, share: number) => (one: Results) => quantile(one.ms.get(name), share);
  const memory = (label: string, pick: (peak: Results["peak"]) => number) =>
    line(label, "MB", one => pick(one.peak) / 1e6);
  const named = (kind: "read" | "event") =>
    (Object.keys(MEASURES) as MeasureName[]).filter(name => MEASURES[name].kind === kind);
  return [
    ...named("event").flatMap(name => [
      line(`${MEASURES[name].label}, p50`, "ms", of(name, 0.5)),
      line(`${MEASURES[name].label}, p95`, "ms", of(name, 0.95)),
    ]),
    line("open, to the first list", "ms", one => quantile(one.open, 0.5)),
    line("newest 50 sessions, first time", "ms", one => quantile(one.firstList, 0.5)),
    ...named("read").map(name => line(MEASURES[name].label, "ms", of(name, 0.5))),
    memory("memory after opening", peak => peak.opened),
    memory("memory at the end", peak => peak.end),
    memory("…of it over an empty process", peak => peak.end - peak.empty),
  ];
}

/** The value that a share of all values does not exceed. */
export function quantile(values: number[] = [], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

function format({ label, unit, ours, limit }: Line): string {
  const cell = (value: number | undefined) =>
    value === undefined ? "–" : `${value.toFixed(unit === "MB" ? 0 : value < 10 ? 2 : 1)} ${unit}`;
  const ratio = ours && limit ? (ours / limit).toFixed(2) : "–";
  return row([label, cell(ours), cell(limit), ratio]);
}

function row(cells: string[]): string {
  return cells.map((cell, at) => (at === 0 ? cell.padEnd(36) : cell.padStart(12))).join("");
}
