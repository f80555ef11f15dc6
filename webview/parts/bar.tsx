import type { JSX } from "preact";
import { duration } from "../../extension/base/format.ts";
import type { Kind } from "../lib/kind.ts";
import type { Bar } from "../lib/waterfall.ts";

interface BarProps {
  bar: Bar;
  kind: Kind;
  trouble: boolean;
}

/** When a step was done, and how long the model had written before. */
export function BarOf({ bar, kind, trouble }: BarProps): JSX.Element {
  const { from, asked, start, end, durationMs, wroteMs, waitedMs } = bar;
  const ran = durationMs === null || durationMs < 50 ? "" : duration(durationMs);
  const wrote = wroteMs < 50 ? "" : `the model wrote ${duration(wroteMs)}`;
  const waited = waitedMs < 50 ? "" : `waited ${duration(waitedMs)} for you`;
  return (
    <>
      <span
        class="bars"
        title={[wrote, waited && `it ${waited}`, ran && `it ran ${ran}`].filter(Boolean).join(", ")}
      >
        <span class="wrote" style={{ left: percent(from), width: percent(start - from) }} />
        {waited && (
          <span class="waited" style={{ left: percent(asked), width: percent(start - asked) }}>
            <span class="unseen">{waited}</span>
          </span>
        )}
        <span
          class={`ran ${trouble ? "trouble" : kind}`}
          style={{ left: percent(start), width: percent(end - start) }}
        />
      </span>
      <span class="aside took">{ran || (waited ? duration(waitedMs) : wrote && duration(wroteMs))}</span>
    </>
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)}%`;
}
