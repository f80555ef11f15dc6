import type { Results } from "./candidate.ts";
import type { Pair } from "./compare.ts";
import { MEASURES, type MeasureName } from "./measures.ts";
import { quantile } from "./report.ts";

const EVENT_RATIO = 1.5;
const READ_MS = 50;
const PEAK_MB = 160;

/** What the store is to reach however much is in it, and whether it does. */
export function aims({ ours, limit }: Pair<Results>): string {
  const names = Object.keys(MEASURES) as MeasureName[];
  const p50 = (of: Results, name: MeasureName) => quantile(of.ms.get(name), 0.5) ?? Number.NaN;
  const events = names.filter(name => MEASURES[name].kind === "event");
  const reads = names.filter(name => MEASURES[name].kind === "read");
  return [
    ...events.map(name => {
      const ratio = p50(ours, name) / p50(limit, name);
      return aim(`${MEASURES[name].label}: p50 within ${EVENT_RATIO} times the limit`, ratio <= EVENT_RATIO);
    }),
    ...reads.map(name => aim(`${MEASURES[name].label}: under ${READ_MS} ms`, p50(ours, name) < READ_MS)),
    aim(`memory at its peak: under ${PEAK_MB} MB`, ours.peak.end < PEAK_MB * 1e6),
  ].join("\n");
}

function aim(what: string, met: boolean): string {
  return `${met ? "met    " : "NOT MET"}  ${what}`;
}
