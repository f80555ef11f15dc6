import { duration } from "../../../extension/base/format.ts";
import type { Used } from "../../../extension/pages.ts";
import { countDifference, SAME, timeDifference } from "./difference.ts";
import { both, type Cell, numberCell, type Row, type Sides } from "./row.ts";

type Calls = Omit<Used, "name">;

const NEVER: Calls = { n: 0, at: null, failed: 0, ms: 0 };
/** Shorter times are not told. */
const QUICK_MS = 100;

/** The tools that either of two used, with those that were called most often first. */
export function toolRows(sides: Sides): Row[] {
  const names = new Set(sides.flatMap(({ tools }) => tools.map(({ name }) => name)));
  return [...names]
    .map(name => ({
      name,
      calls: both(sides, ({ tools }): Calls => tools.find(tool => tool.name === name) ?? NEVER),
    }))
    .sort((one, other) => sum(other.calls) - sum(one.calls))
    .map(({ name, calls }) => ({
      ...{ name, cells: both(calls, cellOf), difference: differenceOf(calls), better: null },
    }));
}

function sum([a, b]: [Calls, Calls]): number {
  return a.n + b.n;
}

function cellOf({ n, at, failed, ms }: Calls): Cell {
  const facts = [failed > 0 && `${failed} failed`, ms >= QUICK_MS && duration(ms)].filter(Boolean);
  return { ...numberCell(n, at), ...(facts.length > 0 && { aside: facts.join(" · ") }) };
}

function differenceOf([a, b]: [Calls, Calls]): string {
  const failed = countDifference(a.failed, b.failed);
  const facts = [
    countDifference(a.n, b.n),
    failed === SAME ? SAME : `${failed} failed`,
    timeDifference(a.ms, b.ms),
  ];
  return facts.filter(fact => fact !== SAME).join(", ") || SAME;
}
