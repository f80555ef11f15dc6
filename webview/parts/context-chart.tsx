import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { short } from "../../extension/base/format.ts";
import { isTrouble } from "../../extension/base/steps.ts";
import { type Fill, fillsOf, thinned, windowOf } from "../lib/context.ts";
import { FILLERS } from "../lib/fillers.ts";
import { useLater } from "../lib/later.ts";
import type { Story } from "../lib/story.ts";
import { FillerTable, Hatches, hatch } from "./filler-table.tsx";

const HEIGHT = 88;
const WIDTH = 220;

interface ContextChartProps {
  story: Story;
  /** Until when the reader has come; to the end when nothing is said. */
  at: number | undefined;
  onGo: (row: string) => void;
}

/** How full the context window was at each request, about what of, and where it was compacted. */
export function ContextChart({ story, at, onGo }: ContextChartProps): JSX.Element | null {
  const fills = useLater(() => fillsOf(story), [story]);
  const last = fills?.at(-1);
  if (!fills || !last || fills.length < 2) return null;
  const here = at === undefined ? last : (fills.findLast(fill => fill.at <= at) ?? fills[0] ?? last);
  const most = Math.max(...fills.map(fill => fill.tokens));
  const room = windowOf(fills);
  const told = `The context window was filled with ${short(most)} of ${short(room)} tokens at most. What filled it stands in the table below.`;
  return (
    <section class="context">
      <h2>Context window</h2>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={told}>
        <Hatches />
        <Areas {...{ fills, room, at }} />
      </svg>
      <p class="aside scale">
        <span>
          {short(here.tokens)} of {short(room)}
        </span>
        <span>{percent(here)} cached</span>
      </p>
      <FillerTable fill={here} when={here === last ? "by the end" : "by this step"} />
      <Compactions {...{ story, onGo, fills }} />
    </section>
  );
}

interface AreasProps extends Pick<ContextChartProps, "at"> {
  fills: Fill[];
  room: number;
}

/** What filled the window, one thing upon the other. */
function Areas({ fills, room, at }: AreasProps): JSX.Element {
  const drawn = useMemo(() => thinned(fills), [fills]);
  // By request, not by time: what fills the window is requests, and pauses say nothing.
  const x = (i: number) => (i / (drawn.length - 1)) * WIDTH;
  const y = (tokens: number) => HEIGHT - (tokens / room) * (HEIGHT - 4);
  const floors = drawn.map(() => 0);
  const areas = FILLERS.map(filler => {
    const below = floors.map((tokens, i) => `${x(i)},${y(tokens)}`);
    for (const [i, fill] of drawn.entries()) floors[i] = (floors[i] ?? 0) + fill.by[filler];
    const above = floors.map((tokens, i) => `${x(i)},${y(tokens)}`);
    return <path key={filler} fill={hatch(filler)} d={`M${above.join("L")}L${below.reverse().join("L")}Z`} />;
  });
  const now =
    at === undefined
      ? undefined
      : x(
          Math.max(
            0,
            drawn.findLastIndex(fill => fill.at <= at),
          ),
        );
  return (
    <>
      {areas}
      <path class="edge" d={`M${drawn.map((fill, i) => `${x(i)},${y(fill.tokens)}`).join("L")}`} />
      <line class="limit" x1="0" x2={WIDTH} y1={y(room)} y2={y(room)} />
      {now !== undefined && <line class="now" x1={now} x2={now} y1="0" y2={HEIGHT} />}
    </>
  );
}
function percent({ cached, tokens }: Fill): string {
  return `${Math.round((100 * cached) / tokens)} %`;
}
interface CompactionsProps extends Pick<ContextChartProps, "story" | "onGo"> {
  fills: Fill[];
}

/** Each a door to the step that cut the context. */
function Compactions({ story, onGo, fills }: CompactionsProps): JSX.Element {
  const cuts = story.steps.filter(step => step.kind === "compaction" && !isTrouble(step));
  return (
    <>
      {cuts.map(step => {
        const before = fills.findLast(fill => fill.at <= step.startedAt)?.tokens;
        const after = fills.find(fill => fill.at > step.startedAt)?.tokens;
        return (
          <button type="button" class="link cut" key={step.id} onClick={() => onGo(step.id)}>
            compacted
            {before !== undefined && after !== undefined && `, ${short(before)} to ${short(after)}`}
          </button>
        );
      })}
    </>
  );
}
