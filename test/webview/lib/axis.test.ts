import { expect, test } from "vitest";
import { axisOf } from "../../../webview/lib/axis.ts";
import { step } from "../session.ts";

const MINUTE = 60_000;
const at = (startedAt: number, durationMs = 0) => step(String(startedAt), { startedAt, durationMs });

test("work takes its time, and silence takes little", () => {
  const axis = axisOf([at(0, MINUTE), at(60 * MINUTE, MINUTE)], 0, 61 * MINUTE);
  expect(axis.folds).toMatchObject([{ silence: 59 * MINUTE }]);
  expect(axis.length).toBeLessThan(2.5 * MINUTE);
  expect(axis.toPlace(MINUTE)).toBe(MINUTE);
  expect(axis.length - axis.toPlace(60 * MINUTE)).toBe(MINUTE);
});

test.each([0, 30_000, MINUTE, 30 * MINUTE, 60 * MINUTE, 61 * MINUTE])(
  "%d ms is found again from its place",
  time => {
    const axis = axisOf([at(0, MINUTE), at(60 * MINUTE, MINUTE)], 0, 61 * MINUTE);
    expect(axis.toTime(axis.toPlace(time))).toBeCloseTo(time, 3);
  },
);

test("a thought was thought before it was noted", () => {
  const thought = step("t", { kind: "thinking", startedAt: 10 * MINUTE, durationMs: 10 * MINUTE });
  expect(axisOf([thought], 0, 10 * MINUTE).folds).toEqual([]);
});

test("a session without steps has a length", () => {
  const axis = axisOf([], 5, 5);
  expect([axis.length, axis.toPlace(5), axis.toTime(0)]).toEqual([1, 0, 5]);
});
