import type { JSX } from "preact";
import { isTrouble } from "../../extension/base/steps.ts";
import { type Fill, fillsOf, windowOf } from "../lib/context.ts";
import type { Story } from "../lib/story.ts";
import { amount } from "../lib/words.ts";

const HEIGHT = 64;
const WIDTH = 220;

interface ContextChartProps {
  story: Story;
  onGo: (row: string) => void;
}

/** How full the context window was at each request, where it was compacted, and what of it was cached. */
export function ContextChart({ story, onGo }: ContextChartProps): JSX.Element | null {
  const fills = fillsOf(story.session);
  const last = fills.at(-1);
  if (!last || fills.length < 2) return null;
  const room = windowOf(fills);
  // By request, not by time: what fills the window is requests, and pauses say nothing.
  const x = (i: number) => (i / (fills.length - 1)) * WIDTH;
  const y = (tokens: number) => HEIGHT - (tokens / room) * (HEIGHT - 4);
  const most = Math.max(...fills.map(fill => fill.tokens));
  const told = `The context window was filled with ${amount(most)} of ${amount(room)} tokens at most, now with ${amount(last.tokens)}, ${percent(last)} of it from the cache.`;
  return (
    <section class="context">
      <h2>Context window</h2>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={told}>
        <title>{told}</title>
        <line class="limit" x1="0" x2={WIDTH} y1={y(room)} y2={y(room)} />
        <path class="filled" d={area(fills.map((fill, i) => [x(i), y(fill.tokens)]))} />
        <path class="cached" d={area(fills.map((fill, i) => [x(i), y(fill.cached)]))} />
        <path class="edge" d={`M${fills.map((fill, i) => `${x(i)},${y(fill.tokens)}`).join("L")}`} />
      </svg>
      <p class="aside scale">
        <span>
          {amount(last.tokens)} of {amount(room)}
        </span>
        <span>{percent(last)} cached</span>
      </p>
      <Compactions {...{ story, onGo, fills }} />
    </section>
  );
}

function percent({ cached, tokens }: Fill): string {
  return `${Math.round((100 * cached) / tokens)} %`;
}

function area(points: [number, number][]): string {
  return `M0,${HEIGHT}L${points.map(([x, y]) => `${x},${y}`).join("L")}L${WIDTH},${HEIGHT}Z`;
}

/** Each a door to the step that cut the context. */
function Compactions({ story, onGo, fills }: ContextChartProps & { fills: Fill[] }): JSX.Element {
  const cuts = story.steps.filter(step => step.kind === "compaction" && !isTrouble(step));
  return (
    <>
      {cuts.map(step => {
        const before = fills.findLast(fill => fill.at <= step.startedAt)?.tokens;
        const after = fills.find(fill => fill.at > step.startedAt)?.tokens;
        return (
          <button type="button" class="link cut" key={step.id} onClick={() => onGo(step.id)}>
            compacted
            {before !== undefined && after !== undefined && `, ${amount(before)} to ${amount(after)}`}
          </button>
        );
      })}
    </>
  );
}
