import type { JSX } from "preact";

/** How much something is of the largest; the number beside it says the same. */
export function Bar({ part, whole }: { part: number; whole: number }): JSX.Element {
  const width = whole > 0 ? Math.max(2, Math.round((part / whole) * 74)) : 0;
  return <span class="share" aria-hidden="true" style={{ width: `${width}px` }} />;
}
