import type { Side } from "../../../extension/pages.ts";
import { both, type Row, type Sides } from "./row.ts";

type Better = Row["better"];

/** What is better the less there is of it; of all else nobody can tell. */
export function betterIn(sides: Sides): Record<"cost" | "time" | "errors", Better> {
  const less = {
    cost: smaller(sides, side => side.costUsd, PLAINLY),
    time: smaller(sides, side => side.activeMs, PLAINLY),
    errors: smaller(sides, side => side.errors.n, 0),
  };
  return isPlain(sides, Object.values(less)) ? less : { cost: null, time: null, errors: null };
}

/** Smaller differences of costs and times are chance. */
const PLAINLY = 0.05;

function smaller(sides: Sides, of: (side: Side) => number, plainly: number): Better {
  const [a, b] = both(sides, of);
  if (Math.abs(a - b) <= plainly * Math.max(a, b)) return null;
  return a < b ? 0 : 1;
}

/**
 * What is cheaper but fails more often is a matter of taste, to give up is cheap, a price that is not known hides what
 * it comes to, and other work is no measure: on something else, or where only one of them changed anything.
 */
function isPlain(sides: Sides, less: Better[]): boolean {
  const [a, b] = sides;
  const winners = new Set(less.filter(side => side !== null));
  const ended = sides.every(({ well, unpricedModels }) => well && unpricedModels.length === 0);
  const alike = a.project === b.project && a.files.n > 0 === b.files.n > 0;
  return winners.size === 1 && ended && alike;
}
