import { baseName, currency } from "../../../extension/base/format.ts";
import { addDays, daysBetween } from "../../../extension/base/usual.ts";
import type { BillBy, Breakdown } from "../../../extension/bill.ts";
import { modelName } from "../words.ts";

/** What the columns of the chart are made of, the largest at the bottom. */
export interface Stack {
  series: { name: string; label: string }[];
  days: { day: string; costUsd: number; parts: number[]; trend: number }[];
  /** The top of the scale, and the lines across it. */
  top: number;
  lines: number[];
}

/** More colours than this nobody tells apart. */
const MOST = 5;
/** What is too small to have one. */
export const OTHERS = "\n";

/** The columns for some days, of each day's money `by` something; of the days before the trend wants to know. */
export function stackOf(days: string[], spent: Breakdown["days"], by: BillBy): Stack {
  const sums = new Map<string, number>();
  const [first = ""] = days;
  for (const { day, name, costUsd } of spent)
    if (costUsd > 0 && day >= first) sums.set(name, (sums.get(name) ?? 0) + costUsd);
  const names = [...sums].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  const shown = names.slice(0, names.length > MOST ? MOST - 1 : MOST);
  const series = shown.map(name => ({ name, label: labelOf(by, name) }));
  if (shown.length < names.length) series.push({ name: OTHERS, label: "others" });
  const byDay = new Map<string, Map<string, number>>();
  for (const { day, name, costUsd } of spent) {
    const parts = byDay.get(day) ?? new Map<string, number>();
    const part = shown.includes(name) ? name : OTHERS;
    byDay.set(day, parts.set(part, (parts.get(part) ?? 0) + costUsd));
  }
  const columns = days.map(day => {
    const parts = series.map(({ name }) => byDay.get(day)?.get(name) ?? 0);
    return { day, costUsd: parts.reduce((sum, part) => sum + part, 0), parts, trend: trendOf(day, byDay) };
  });
  return {
    series,
    days: columns,
    ...scale(Math.max(0, ...columns.flatMap(({ costUsd, trend }) => [costUsd, trend]))),
  };
}

/** Over so many days the trend goes, that of the day with them: weekends are in each of its points alike. */
export const TREND_DAYS = 7;

function trendOf(day: string, spent: Map<string, Map<string, number>>): number {
  const days = daysBetween(addDays(day, 1 - TREND_DAYS), day);
  const costs = days.flatMap(day => [...(spent.get(day)?.values() ?? [])]);
  return costs.reduce((sum, cost) => sum + cost, 0) / TREND_DAYS;
}

/** What it is called where there is none. */
const NONE: Record<BillBy, string> = {
  project: "unknown folder",
  branch: "no branch",
  model: "unknown model",
  agent: "main thread",
  skill: "no skill",
  tool: "answers only",
  server: "no MCP server",
};

/** What a name is called on the page. */
export function labelOf(by: BillBy, name: string): string {
  if (name === "") return NONE[by];
  if (by === "model") return modelName(name);
  if (by === "project") return baseName(name);
  return by === "tool" ? toolName(name) : name;
}

/** `github: create issue` of `mcp__github__create_issue`. */
function toolName(name: string): string {
  const [, server, tool] = /^mcp__(.+?)__(.+)$/.exec(name) ?? [];
  return server && tool ? `${server}: ${tool.replaceAll("_", " ")}` : name;
}

const STEPS = [1, 2, 2.5, 5, 10];

/** Round amounts in what money is shown in, three or so, the last above the highest column. */
function scale(highest: number): Pick<Stack, "top" | "lines"> {
  if (highest <= 0) return { top: 1, lines: [0] };
  const { rate } = currency();
  const rough = (highest * rate) / 3;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = ((STEPS.find(step => step * size >= rough) ?? 10) * size) / rate;
  const count = Math.ceil(highest / step - 1e-9);
  return { top: count * step * 1.08, lines: Array.from({ length: count + 1 }, (_, i) => i * step) };
}
