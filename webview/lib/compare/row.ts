import type { Side } from "../../../extension/pages.ts";

/** A line of a comparison. */
export interface Row {
  name: string;
  cells: [Cell, Cell];
  /** What the second is against the first, in words. */
  difference: string;
  /** The one that did plainly better. */
  better: 0 | 1 | null;
}

/** What a side came to. */
export interface Cell {
  text: string;
  aside?: string;
  /** The step or prompt that it is a door to, `null` for the session; without it there is nothing to see. */
  at?: string | null;
}

export type Sides = readonly [Side, Side];

export function both<T, U>([a, b]: readonly [T, T], of: (one: T) => U): [U, U] {
  return [of(a), of(b)];
}

/** A number, and where what it counts is to be seen. */
export function numberCell(n: number, at: string | null, text = n.toLocaleString("en")): Cell {
  return { text, ...(n > 0 && { at }) };
}
