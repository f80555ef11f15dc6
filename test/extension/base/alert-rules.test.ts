import { expect, test } from "vitest";
import type { AlertLevel, AlertRule } from "../../../extension/alert.ts";
import { budgetRules, levelOf, refusal, usable } from "../../../extension/base/alert-rules.ts";
import type { Budgets } from "../../../extension/bill.ts";

const rule: AlertRule = { name: "A", kind: "cost", threshold: 10 };

test.each<[Partial<AlertRule>]>([
  [{}],
  [{ window: "month", per: "project", scope: { project: "/shop" }, early: true }],
  [{ kind: "error_rate", window: "15m", per: "session", deliver: ["webhook", "email"] }],
  [{ kind: "agent_silent", deliver: [] }],
])("%j is a rule", more => {
  expect(refusal({ ...rule, ...more })).toBeUndefined();
});

test.each<[object, string]>([
  [{ name: " " }, "a name"],
  [{ name: "x".repeat(101) }, "a name"],
  [{ kind: "toString" }, "kind must be one of cost, error_rate, agent_silent"],
  [{ threshold: 0 }, "above 0"],
  [{ threshold: "10" }, "above 0"],
  [{ window: "15m" }, "day, week or month"],
  [{ kind: "error_rate", window: "day" }, "15m or 2h"],
  [{ kind: "agent_silent", window: "15m" }, "left out"],
  [{ kind: "error_rate", per: "model" }, "per session or project"],
  [{ kind: "agent_silent", scope: { model: "opus" } }, "Only costs"],
  [{ deliver: ["pigeon"] }, "notification, webhook, email"],
  [{ deliver: "webhook" }, "notification, webhook, email"],
])("%j is none, and it is told why", (wrong, why) => {
  expect(refusal({ ...rule, ...wrong } as AlertRule)).toContain(why);
});

test("of a user's settings the good ones hold, whatever the others are", () => {
  const settings = [rule, { ...rule, threshold: 20 }, null, "cost", { name: "B" }] as AlertRule[];
  const { good, wrong } = usable(settings);
  expect(good).toEqual([rule]);
  expect(wrong.map(why => why.split(":")[0])).toEqual(["A", "one without a name", "one without a name", "B"]);
});

test.each<[Budgets, string[]]>([
  [{}, []],
  [{ day: 10, month: 0 }, ["Today's budget 10 day"]],
  [
    { session: 5, project: 80 },
    ["Budget of a session 5 each session", "Budget of a project 80 month each project"],
  ],
  [{ models: { opus: 40, haiku: 0 } }, ["Budget of opus 40 month"]],
  [{ week: "50" } as unknown as Budgets, []],
  [null as unknown as Budgets, []],
])("the budgets %j are rules", (budgets, names) => {
  const rules = budgetRules(budgets);
  expect(usable(rules)).toEqual({ good: rules, wrong: [] });
  const said = rules.map(({ name, threshold, window, per }) =>
    [name, threshold, window, per && `each ${per}`].filter(Boolean).join(" "),
  );
  expect(said).toEqual(names);
});

test.each<[number, boolean, AlertLevel | undefined]>([
  [7.99, true, undefined],
  [8, true, "near"],
  [8, false, undefined],
  [9.99, true, "near"],
  [10, true, "over"],
  [1000, false, "over"],
])("%d of 10, early %s, is %s", (value, early, level) => {
  expect(levelOf(value, { ...rule, early })).toBe(level);
});
