import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { cents } from "../../../extension/base/format.ts";
import { dayName, type Range, weekday } from "../../lib/bill/range.ts";
import { type Drawn, draw } from "./drawing.ts";

export interface PlotProps extends Drawn {
  chosen: string | undefined;
  hint: (index: number) => string;
  onChoose: (day: string) => void;
  /** Several days were dragged over. */
  onRange: (range: Range) => void;
}

/** The days as uPlot draws them, and below each what takes clicks, keys and readers of the screen. */
export function Plot({ hint, chosen, onChoose, onRange, ...drawn }: PlotProps): JSX.Element {
  const { days } = drawn.stack;
  const place = useDrawing(drawn);
  const [dragged, begin, reach] = useDrag(onRange);
  const isDragged = (day: string) => dragged && day >= dragged.from && day <= dragged.to;
  return (
    <div class="plot">
      <div class="days">
        {days.map(({ day, costUsd }, i) => (
          <button
            type="button"
            key={day}
            class={["day", isDragged(day) && "dragged", chosen === day && "chosen"].filter(Boolean).join(" ")}
            aria-pressed={chosen === day}
            title={hint(i)}
            onClick={() => onChoose(day)}
            onPointerDown={({ button }) => button === 0 && begin(day)}
            onPointerEnter={() => reach(day)}
          >
            <span class="unseen">{`${weekday(day)}, ${dayName(day)}: ${cents(costUsd)}`}</span>
          </button>
        ))}
      </div>
      <div class="drawing" ref={place} aria-hidden="true" />
    </div>
  );
}

/** Draws again when there is something else to see, another room or theme, and on paper. */
function useDrawing(drawn: Drawn) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let clear = draw(element, drawn);
    const again = () => {
      clear();
      clear = draw(element, drawn);
    };
    const resized = new ResizeObserver(again);
    resized.observe(element);
    // The editor says its theme there.
    const themed = new MutationObserver(again);
    themed.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
    for (const event of PAPER) window.addEventListener(event, again);
    return () => {
      clear();
      resized.disconnect();
      themed.disconnect();
      for (const event of PAPER) window.removeEventListener(event, again);
    };
  }, [JSON.stringify(drawn)]);
  return place;
}

const PAPER = ["beforeprint", "afterprint"];

/** What is being dragged over, and what begins that and goes on with it. */
function useDrag(onRange: (range: Range) => void) {
  const [ends, setEnds] = useState<[string, string]>();
  const range = ends && { from: ends.toSorted()[0] as string, to: ends.toSorted()[1] as string };
  useEffect(() => {
    if (!range) return;
    const end = ({ type }: Event) => {
      setEnds(undefined);
      if (type === "pointerup" && range.from < range.to) onRange(range);
    };
    window.addEventListener("pointerup", end);
    window.addEventListener("pointercancel", end);
    return () => {
      window.removeEventListener("pointerup", end);
      window.removeEventListener("pointercancel", end);
    };
  });
  const begin = (day: string) => setEnds([day, day]);
  const reach = (day: string) => ends && setEnds([ends[0], day]);
  return [range, begin, reach] as const;
}
