import { expect, test } from "vitest";
import type { Alert } from "../../../extension/alert.ts";
import { alertWords, spanOf } from "../../../extension/base/alert-words.ts";

const alert: Alert = {
  ...{ id: 1, rule: "A rule", kind: "cost", level: "over", value: 12.5, threshold: 10, window: null },
  ...{ session: null, project: null, model: null, at: 0, endedAt: null, notify: true, deliveries: [] },
};

test.each<[Partial<Alert>, string]>([
  [{}, "Claude Code has used $12.50 of $10.00 (125 %)."],
  [{ project: "/home/sam/dev/shop" }, "shop has used $12.50 of $10.00 (125 %)."],
  [{ project: "" }, "an unknown project has used $12.50 of $10.00 (125 %)."],
  [{ model: "claude-opus-5-5" }, "claude-opus-5-5 has used $12.50 of $10.00 (125 %)."],
  [
    { kind: "error_rate", value: 41.6, session: { id: "a", title: "Fix it" } },
    "42 % of the steps of “Fix it” failed in the last hour.",
  ],
  [{ kind: "error_rate", window: "15m" }, "13 % of the steps of Claude Code failed in the last 15 min."],
  [
    { kind: "agent_silent", session: { id: "a", title: "" }, value: 10 },
    "session a was at work, and nothing was heard of it for 10 min.",
  ],
])("%j", (more, words) => {
  expect(alertWords({ ...alert, ...more })).toBe(`A rule: ${words}`);
});

test.each([
  ["15m", 900_000],
  ["2h", 7_200_000],
  [null, 3_600_000],
])("%s is %d ms", (window, ms) => {
  expect(spanOf(window)).toBe(ms);
});
