import type { AlertKind, AlertLevel, AlertPer, AlertRule } from "../alert.ts";
import type { Budgets } from "../bill.ts";

/** From here on something is near, and below it no longer so: what trembles around a limit is told once. */
export const NEAR = 0.8;

/** What can be said of each kind; a text that says what is right is told to whoever got it wrong. */
const KINDS: Record<AlertKind, { windows: RegExp; right: string; per: AlertPer[] }> = {
  cost: {
    windows: /^(day|week|month)$/,
    right: "day, week or month",
    per: ["session", "project", "model"],
  },
  error_rate: { windows: /^[1-9]\d{0,2}[mh]$/, right: "such as 15m or 2h", per: ["session", "project"] },
  agent_silent: { windows: /^$/, right: "left out", per: ["session"] },
};
const WAYS = ["notification", "webhook", "email"];

/** Why a rule can't be used; nothing when it can. A user's settings may hold anything. */
export function refusal(rule: AlertRule): string | undefined {
  const { name, kind, threshold, window, per, scope, deliver } = rule ?? {};
  if (typeof name !== "string" || name.trim() === "" || name.length > 100)
    return "It wants a name of up to 100 letters.";
  const known = Object.hasOwn(KINDS, String(kind)) ? KINDS[kind] : undefined;
  if (!known) return `Its kind must be one of ${Object.keys(KINDS).join(", ")}.`;
  if (typeof threshold !== "number" || !(threshold > 0)) return "Its threshold must be a number above 0.";
  if (window !== undefined && !known.windows.test(window)) return `Its window must be ${known.right}.`;
  if (per !== undefined && !known.per.includes(per)) return `It can be per ${known.per.join(" or ")}.`;
  if (scope?.model !== undefined && kind !== "cost") return "Only costs can be told of one model.";
  if (deliver !== undefined && !(Array.isArray(deliver) && deliver.every(way => WAYS.includes(way))))
    return `It can be delivered by ${WAYS.join(", ")}.`;
  return undefined;
}

/** Those of some rules that can be used, and what is wrong with the others. */
export function usable(rules: AlertRule[]): { good: AlertRule[]; wrong: string[] } {
  const good: AlertRule[] = [];
  const wrong: string[] = [];
  for (const rule of rules) {
    const twice = good.some(({ name }) => name === rule?.name);
    const why = twice ? "There is another of this name." : refusal(rule);
    if (why === undefined) good.push(rule);
    else wrong.push(`${String(rule?.name ?? "one without a name")}: ${why}`);
  }
  return { good, wrong };
}

type Amount = Exclude<keyof Budgets, "models">;

const BUDGETS: Record<Amount, Pick<AlertRule, "name" | "window" | "per">> = {
  day: { name: "Today's budget", window: "day" },
  week: { name: "This week's budget", window: "week" },
  month: { name: "This month's budget", window: "month" },
  session: { name: "Budget of a session", per: "session" },
  project: { name: "Budget of a project", window: "month", per: "project" },
};

/** Budgets are rules like any other: what is said of them holds for all. */
export function budgetRules(budgets: Budgets): AlertRule[] {
  const { models, ...amounts } = budgets ?? {};
  const said = [
    ...Object.entries(BUDGETS).map(([name, rule]) => ({ ...rule, threshold: amounts[name as Amount] })),
    ...Object.entries(models ?? {}).map(([model, threshold]) => ({
      ...{ name: `Budget of ${model}`, window: "month", scope: { model }, threshold },
    })),
  ];
  return said.flatMap(({ threshold = 0, ...rule }) =>
    typeof threshold === "number" && threshold > 0 ? [{ ...rule, kind: "cost", threshold, early: true }] : [],
  );
}

/** How a value stands to a rule; nothing when all is well. */
export function levelOf(value: number, { threshold, early }: AlertRule): AlertLevel | undefined {
  if (value >= threshold) return "over";
  return early && value >= NEAR * threshold ? "near" : undefined;
}
