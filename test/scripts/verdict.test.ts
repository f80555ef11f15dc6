import { expect, test } from "vitest";
import { judge, notRun } from "../../.scripts/verdict.ts";

const NOTHING = { passed: [], failed: [], skipped: [] };

test.each([
  ["all passed", 0, { ...NOTHING, passed: ["a", "b"] }, 2, 0],
  ["one failed", 1, { ...NOTHING, passed: ["a"], failed: [{ name: "b", why: "1 is not 2" }] }, 1, 1],
  ["one was skipped", 0, { ...NOTHING, passed: ["a"], skipped: ["b"] }, 1, 1],
  ["one was skipped which may be", 0, { ...NOTHING, passed: ["a"], skipped: ["slow on CI"] }, 1, 0],
  ["none ran", 0, NOTHING, 0, 1],
  ["it crashed after the tests", 1, { ...NOTHING, passed: ["a"] }, 1, 1],
  ["it has no tests and went well", 0, undefined, 0, 0],
  ["it has no tests and failed", 2, undefined, 0, 1],
])("%s", (_, code, results, passed, failed) => {
  expect(judge(code, results, ["slow on CI"])).toMatchObject({ passed, failed });
});

test("a failed test is told with why it failed", () => {
  const results = { ...NOTHING, failed: [{ name: "adds", why: "1 is not 2" }] };
  expect(judge(1, results).reasons).toEqual(["adds\n1 is not 2"]);
});

test("what could not run has failed, with its reason", () => {
  expect(notRun("no disk")).toEqual({ passed: 0, failed: 1, reasons: ["could not run: no disk"] });
});
