import type { AlertLevel } from "../alert.ts";
import { alertWords } from "../base/alert-words.ts";
import type { BudgetState } from "../base/budgets.ts";
import { brief, cents, count, percent, short } from "../base/format.ts";
import type { Usage } from "../questions.ts";
import type { Spend } from "./spending.ts";

/** A row of the Usage view. */
export interface UsageRow {
  id: string;
  label: string;
  description: string;
  icon: string;
  /** What there is more to say than fits. */
  tooltip?: string;
  /** The theme's colour of the icon. */
  colour?: string;
  /** From which day on the models below it were used. */
  from?: string;
  /** Whose replay it opens, instead of the bill. */
  session?: string;
}

const PERIODS = { day: "Today", week: "This week", month: "This month" };
const COLOURS: Record<AlertLevel, string> = { near: "list.warningForeground", over: "list.errorForeground" };

/** What is too much by now, and what was spent in each period. */
export function usageRows({ states, alerts }: Spend): UsageRow[] {
  const tooMuch = alerts.map(alert => ({
    ...{ id: `alert ${alert.id}`, label: alert.rule, tooltip: alertWords(alert) },
    description: `${cents(alert.value)} of ${cents(alert.threshold)}`,
    ...{ icon: alert.level === "over" ? "error" : "warning", colour: COLOURS[alert.level] },
    ...(alert.session && { session: alert.session.id }),
  }));
  return [...tooMuch, ...states.map(periodRow)];
}

function periodRow({ period, start, costUsd, budget }: BudgetState): UsageRow {
  const used = budget !== undefined && `${percent(costUsd, budget)} of ${cents(budget)}`;
  return {
    ...{ id: period, label: PERIODS[period], description: brief(cents(costUsd), used) },
    ...{ icon: "calendar", ...(costUsd > 0 && { from: start }) },
  };
}

/** Which models the money of a period went to, the dearest first. */
export function modelRows(period: string, usage: Usage[]): UsageRow[] {
  return usage
    .toSorted((a, b) => b.costUsd - a.costUsd)
    .map(({ name, costUsd, requests, unpriced, tokens }) => {
      const all = Object.values(tokens).reduce((sum, some) => sum + some, 0);
      const cost = unpriced < requests ? cents(costUsd) : "price not known";
      return {
        ...{ id: `${period} ${name}`, label: name || "unknown model", icon: "symbol-misc" },
        description: brief(cost, `${short(all)} tokens`, count(requests, "request")),
      };
    });
}
