import { expect, test } from "vitest";
import type { Alert } from "../../../extension/alert.ts";
import type { Usage } from "../../../extension/questions.ts";
import { modelRows, usageRows } from "../../../extension/views/usage-rows.ts";

const alert: Alert = {
  ...{
    id: 7,
    rule: "Budget of a session",
    kind: "cost",
    level: "near",
    value: 4,
    threshold: 5,
    window: null,
  },
  ...{
    session: { id: "a", title: "Fix it" },
    project: null,
    model: null,
    at: 0,
    endedAt: null,
    notify: true,
  },
  deliveries: [],
};

test("what is too much stands first, then each period with its budget", () => {
  const rows = usageRows({
    alerts: [alert],
    states: [
      { period: "day", start: "2026-11-21", costUsd: 0, budget: undefined },
      { period: "month", start: "2026-11-01", costUsd: 40, budget: 150 },
    ],
  });
  expect(rows).toEqual([
    {
      ...{ id: "alert 7", label: "Budget of a session", description: "$4.00 of $5.00", session: "a" },
      tooltip: "Budget of a session: “Fix it” has used $4.00 of $5.00 (80 %).",
      ...{ icon: "warning", colour: "list.warningForeground" },
    },
    { id: "day", label: "Today", description: "$0.00", icon: "calendar" },
    {
      ...{ id: "month", label: "This month", description: "$40.00 · 27 % of $150.00" },
      ...{ icon: "calendar", from: "2026-11-01" },
    },
  ]);
});

test("models stand by what they cost, and one without a price is not free", () => {
  const used = (name: string, costUsd: number, unpriced = 0): Usage => ({
    ...{ name, costUsd, unpriced, requests: 2, prompts: 0, toolCalls: 0, errors: 0 },
    ...{ linesAdded: 0, linesRemoved: 0 },
    tokens: { input: 1000, output: 200, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
  });
  const rows = modelRows("day", [used("haiku", 1), used("nobody-knows", 0, 2), used("opus", 3)]);
  expect(rows.map(({ id, description }) => [id, description])).toEqual([
    ["day opus", "$3.00 · 1.2 k tokens · 2 requests"],
    ["day haiku", "$1.00 · 1.2 k tokens · 2 requests"],
    ["day nobody-knows", "price not known · 1.2 k tokens · 2 requests"],
  ]);
});
