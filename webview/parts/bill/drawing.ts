import uPlot from "uplot";
import { cents, roundMoney } from "../../../extension/base/format.ts";
import { dayName } from "../../lib/bill/range.ts";
import type { Stack } from "../../lib/bill/stack.ts";
import { type Inks, inksOf } from "./inks.ts";

/** What the chart shows. */
export interface Drawn {
  stack: Stack;
  usual: number | undefined;
  /** Days before this one are there to compare. */
  from: string;
}

/** The room of the scale and of the names of the days; the style sheet has the same. */
const LEFT = 44;
const BOTTOM = 24;
/** The name of the last day may be wider than its column. */
const RIGHT = 10;
const LABEL = 44;

/** Draws the chart into its place, instead of what was there; answers how to take it away. */
export function draw(place: HTMLElement, drawn: Drawn): () => void {
  const { clientWidth: width, clientHeight: height } = place;
  const inks = inksOf(place);
  const chart = new uPlot({ width, height, ...optionsOf(drawn, inks, width) }, dataOf(drawn.stack), place);
  // At once: who prints does not wait.
  chart.batch(() => {});
  return () => chart.destroy();
}

/** By the number of the day. */
function dataOf({ days, series }: Stack): uPlot.AlignedData {
  const parts = series.map((_, k) => days.map(({ parts }) => parts[k] ?? 0));
  return [days.map((_, i) => i), ...parts, days.map(({ trend }) => trend)];
}

function optionsOf(drawn: Drawn, inks: Inks, width: number): Omit<uPlot.Options, "width" | "height"> {
  const { days, top, lines } = drawn.stack;
  const font = `11px ${inks.font}`;
  const every = Math.ceil(days.length / Math.max(1, Math.floor((width - LEFT - RIGHT) / LABEL)));
  const named = days.map((_, i) => i).filter(i => (days.length - 1 - i) % every === 0);
  return {
    padding: [0, RIGHT, 0, 0],
    cursor: { show: false },
    legend: { show: false },
    scales: {
      x: { time: false, range: [-0.5, days.length - 0.5] },
      y: { range: [0, top] },
    },
    axes: [
      {
        ...{ size: BOTTOM, font, stroke: inks.quiet, gap: 6, grid: { show: false }, ticks: { show: false } },
        splits: named,
        values: () => named.map(i => dayLabel(days[i]?.day ?? "", i, every)),
      },
      {
        ...{ size: LEFT, font, stroke: inks.quiet, gap: 8, ticks: { show: false } },
        grid: { stroke: inks.grid, width: 1 },
        splits: lines,
        values: () => lines.map(roundMoney),
      },
    ],
    series: [{}, ...partsOf(drawn, inks), { stroke: inks.trend, width: 1.5, points: { show: false } }],
    hooks: { draw: [chart => drawUsual(chart, drawn, inks), chart => drawDearest(chart, drawn, inks)] },
  };
}

/** Each part stands on those before it. */
function partsOf({ stack: { days, series, top }, from }: Drawn, inks: Inks): uPlot.Series[] {
  const none = "transparent";
  // Of what is very low nothing would be left beside its edge.
  const slight = inks.edge ? 0 : top / 40;
  const upTo = (k: number) => days.map(({ parts }) => parts.slice(0, k).reduce((sum, part) => sum + part, 0));
  return series.map((_, k) => {
    // uPlot takes patterns as well, which its types forget.
    const [full, pale] = [inks.part(k), inks.pale(k)];
    const edge = inks.edge || (k > 0 ? inks.paper : none);
    const bars = uPlot.paths.bars?.({
      size: [0.64, 40],
      disp: {
        y0: { unit: 1, values: () => upTo(k) },
        y1: { unit: 1, values: () => upTo(k + 1) },
        fill: { unit: 3, values: () => days.map(({ day }) => (day < from ? pale : full) as string) },
        stroke: { unit: 3, values: () => days.map(({ parts }) => ((parts[k] ?? 0) > slight ? edge : none)) },
      },
    });
    return { width: 1, stroke: edge, points: { show: false }, ...(bars && { paths: bars }) };
  });
}

/** The number of the day, with its month where that begins. */
function dayLabel(day: string, index: number, every: number): string {
  const number = Number(day.slice(8));
  return index < every || number <= every ? dayName(day) : String(number);
}

/** A line across all days, and what it says. */
function drawUsual(chart: uPlot, { stack: { top }, usual }: Drawn, inks: Inks): void {
  if (usual === undefined || usual >= top) return;
  const { ctx: context, bbox } = chart;
  const y = Math.round(chart.valToPos(usual, "y", true)) + 0.5;
  const gap = 4 * devicePixelRatio;
  const words = `usual day ${cents(usual)}`;
  context.save();
  context.strokeStyle = inks.usual;
  context.lineWidth = devicePixelRatio;
  context.setLineDash([gap, gap]);
  context.beginPath();
  context.moveTo(bbox.left, y);
  context.lineTo(bbox.left + bbox.width, y);
  context.stroke();
  label(context, inks);
  context.globalAlpha = 0.8;
  context.fillStyle = inks.paper;
  context.fillRect(bbox.left + gap / 2, y - 3.75 * gap, context.measureText(words).width + gap, 3.5 * gap);
  context.globalAlpha = 1;
  context.fillStyle = inks.usual;
  context.fillText(words, bbox.left + gap, y - gap / 2);
  context.restore();
}

/** What the dearest day cost. */
function drawDearest(chart: uPlot, { stack: { days } }: Drawn, inks: Inks): void {
  const highest = Math.max(0, ...days.map(({ costUsd }) => costUsd));
  if (highest === 0) return;
  const { ctx: context } = chart;
  const x = chart.valToPos(
    days.findIndex(({ costUsd }) => costUsd === highest),
    "x",
    true,
  );
  context.save();
  label(context, inks);
  context.textAlign = "center";
  context.fillText(cents(highest), x, chart.valToPos(highest, "y", true) - 3 * devicePixelRatio);
  context.restore();
}

function label(context: CanvasRenderingContext2D, inks: Inks): void {
  context.font = `${11 * devicePixelRatio}px ${inks.font}`;
  context.textBaseline = "bottom";
  context.textAlign = "left";
  context.fillStyle = inks.words;
}
