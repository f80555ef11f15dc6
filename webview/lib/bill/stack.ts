import { baseName } from "../../../extension/base/format.ts";
import type { Usage, UsageBy } from "../../../extension/questions.ts";
import { modelName } from "../words.ts";

/** What the columns of the chart are made of, the largest at the bottom. */
export interface Stack {
  series: { name: string; label: string }[];
  days: { day: string; costUsd: number; parts: number[] }[];
  /** The top of the scale, and the lines across it. */
  top: number;
  lines: number[];
}

/** More colours than this nobody tells apart. */
const MOST = 5;
/** What is too small to have one. */
export const OTHERS = "\n";

/** The columns for some days of what was used by day `and` something else. */
export function stackOf(days: string[], used: Usage[], by: UsageBy): Stack {
  const sums = new Map<string, number>();
  for (const { and = "", costUsd } of used) if (costUsd > 0) sums.set(and, (sums.get(and) ?? 0) + costUsd);
  const names = [...sums].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  const shown = names.slice(0, names.length > MOST ? MOST - 1 : MOST);
  const series = shown.map(name => ({ name, label: labelOf(by, name) }));
  if (shown.length < names.length) series.push({ name: OTHERS, label: "others" });
  const byDay = new Map<string, Map<string, number>>();
  for (const { name, and = "", costUsd } of used) {
    const parts = byDay.get(name) ?? new Map<string, number>();
    const part = shown.includes(and) ? and : OTHERS;
    byDay.set(name, parts.set(part, (parts.get(part) ?? 0) + costUsd));
  }
  const columns = days.map(day => {
    const parts = series.map(({ name }) => byDay.get(day)?.get(name) ?? 0);
    return { day, costUsd: parts.reduce((sum, part) => sum + part, 0), parts };
  });
  return { series, days: columns, ...scale(Math.max(0, ...columns.map(({ costUsd }) => costUsd))) };
}

/** What a name is called on the page. */
export function labelOf(by: UsageBy | "tool", name: string): string {
  if (by === "model") return name === "" ? "unknown model" : modelName(name);
  if (by === "project") return baseName(name) || "unknown folder";
  if (by === "agent") return name === "" ? "main thread" : name;
  if (by === "tool") return name === "" ? "answers only" : toolName(name);
  return name;
}

/** `github: create issue` of `mcp__github__create_issue`. */
function toolName(name: string): string {
  const [, server, tool] = /^mcp__(.+?)__(.+)$/.exec(name) ?? [];
  return server && tool ? `${server}: ${tool.replaceAll("_", " ")}` : name;
}

const STEPS = [1, 2, 2.5, 5, 10];

/** Round amounts, three or so, the last above the highest column. */
function scale(highest: number): Pick<Stack, "top" | "lines"> {
  if (highest <= 0) return { top: 1, lines: [0] };
  const rough = highest / 3;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = (STEPS.find(step => step * size >= rough) ?? 10) * size;
  const count = Math.ceil(highest / step - 1e-9);
  return { top: count * step * 1.08, lines: Array.from({ length: count + 1 }, (_, i) => i * step) };
}
