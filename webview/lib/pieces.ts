import { useEffect, useState } from "preact/hooks";
import type { Hunk } from "./patch.ts";

/** So many lines are coloured and drawn at once; of more one would feel it. */
const PIECE = 150;

/** A list as pieces that are drawn one after the other. */
export function piecesOf<T>(items: T[], size = PIECE): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}

/** Long hunks as several, each with its numbers. */
export function shortHunks(hunks: Hunk[], size = PIECE): Hunk[] {
  return hunks.flatMap(({ oldStart, newStart, lines }) => {
    let [old, now] = [oldStart, newStart];
    return piecesOf(lines, size).map((lines, i): Hunk => {
      const hunk = { oldStart: old, newStart: now, lines, goesOn: i > 0 };
      old += lines.filter(line => !/^[+\\]/.test(line)).length;
      now += lines.filter(line => !/^[-\\]/.test(line)).length;
      return hunk;
    });
  });
}

/** How many of so many pieces to draw: one more at a time, so that the page goes on meanwhile. */
export function useGrowing(pieces: number): number {
  const [drawn, setDrawn] = useState(1);
  useEffect(() => {
    if (drawn >= pieces) return;
    const next = setTimeout(() => setDrawn(drawn + 1), 16);
    return () => clearTimeout(next);
  }, [drawn, pieces]);
  return Math.min(drawn, pieces);
}
