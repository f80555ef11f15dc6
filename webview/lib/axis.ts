import type { Step } from "../../extension/protocol.ts";
import { spanOf } from "./kind.ts";

/** A silence that is longer is folded to this: nobody wants to watch somebody sleep. */
const LONGEST_SILENCE = 20_000;
/** Which share of the axis all folds together may take at most. */
const MOST_FOLDED = 0.25;

/** A time axis on which long silences take little room. */
export interface Axis {
  /** How long it is, in milliseconds of which each is one of the session's. */
  length: number;
  /** Where the folds are. */
  folds: { at: number; silence: number }[];
  /** From the session's time to the place on the axis, and back. */
  toPlace(time: number): number;
  toTime(place: number): number;
}

/** Lays steps on an axis; they are in the order of their times. */
export function axisOf(steps: Step[], from: number, to: number): Axis {
  const silences = silencesOf(steps, from, to);
  const silent = silences.reduce((sum, { start, end }) => sum + end - start, 0);
  const room = Math.max(0, to - from - silent) * MOST_FOLDED;
  const left = Math.min(LONGEST_SILENCE, silences.length > 0 ? Math.max(500, room / silences.length) : 0);
  // Between the points of both lists the axis runs evenly.
  const times = [from];
  const places = [0];
  const folds: Axis["folds"] = [];
  const go = (time: number, place: number) => {
    times.push(time);
    places.push(place);
  };
  for (const { start, end } of silences) {
    const place = (places.at(-1) ?? 0) + start - (times.at(-1) ?? 0);
    go(start, place);
    go(end, place + left);
    folds.push({ at: place + left / 2, silence: end - start });
  }
  const length = Math.max(1, (places.at(-1) ?? 0) + to - (times.at(-1) ?? 0));
  go(Math.max(to, times.at(-1) ?? 0), length);
  return { length, folds, toPlace: between(times, places), toTime: between(places, times) };
}

function silencesOf(steps: Step[], from: number, to: number): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  let end = from;
  for (const step of steps) {
    const span = spanOf(step);
    if (span.from - end > LONGEST_SILENCE) found.push({ start: end, end: span.from });
    end = Math.max(end, span.to);
  }
  if (to - end > LONGEST_SILENCE) found.push({ start: end, end: to });
  return found;
}

/** The piecewise line through some points, both of whose lists rise. */
function between(xs: number[], ys: number[]): (x: number) => number {
  return x => {
    let [low, high] = [0, xs.length - 1];
    while (low < high - 1) {
      const middle = (low + high) >> 1;
      if ((xs[middle] ?? 0) <= x) low = middle;
      else high = middle;
    }
    const [x0 = 0, x1 = 0, y0 = 0, y1 = 0] = [xs[low], xs[high], ys[low], ys[high]];
    const share = x1 > x0 ? Math.min(1, Math.max(0, (x - x0) / (x1 - x0))) : 0;
    return y0 + share * (y1 - y0);
  };
}
