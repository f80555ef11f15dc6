import { expect, test } from "vitest";
import { EXAMPLE, readFilter } from "../../../extension/views/filter.ts";
import { now } from "./rows.ts";

const DAY = 24 * 3_600_000;
const midnight = new Date(2026, 10, 20).getTime();

test.each([
  ["", {}],
  ["  flaky  cart ", { text: "flaky cart" }],
  ["status:failed", { status: "failed" }],
  ["status:failed,lost", { status: "failed,lost" }],
  ["tool:Bash FILE:cart.ts", { tool: "Bash", file: "cart.ts" }],
  ['file:"my cart.ts" "status:failed"', { file: "my cart.ts", text: "status:failed" }],
  ["cost:>1 cost:<=2.50", { costFrom: 1, costTo: 2.5 }],
  ["cost:>$1", { costFrom: 1 }],
  ["since:7d", { since: now - 7 * DAY }],
  ["since:12h until:today", { since: now - DAY / 2, until: midnight }],
  ["since:yesterday", { since: midnight - DAY }],
  ["until:2026-11-12", { until: new Date(2026, 10, 12).getTime() }],
  ["fix C:\\a:b", { text: "fix" }],
  ['"an unfinished', { text: "an unfinished" }],
])("%j wants %j", (typed, wanted) => {
  expect(readFilter(typed, now).wanted).toEqual(wanted);
});

test.each([
  ["satus:failed", "There is no filter satus:"],
  ["status:tired", "There is no state tired."],
  ["status:toString", "There is no state toString."],
  ["constructor:a", "There is no filter constructor:"],
  ["cost:1", "A cost is asked for as cost:>1"],
  ["since:soon", "A time is asked for as 12h"],
  ["since:2026-02-31", "A time is asked for as 12h"],
])("%j has a problem: %s", (typed, problem) => {
  expect(readFilter(typed, now).problem).toContain(problem);
});

test("the example makes sense", () => {
  expect(readFilter(EXAMPLE, now)).toEqual({
    wanted: {
      ...{ text: "flaky", status: "failed", tool: "Bash", file: "cart", costFrom: 1 },
      since: now - 7 * DAY,
    },
  });
});
