import { expect, test } from "vitest";
import { waterfallOf } from "../../../webview/lib/waterfall.ts";
import { prompt, session, step } from "../session.ts";

test("the model writes, then what it asked for runs, at once what it asked for at once", () => {
  const at = (id: string, startedAt: number, durationMs: number, requestId: string) =>
    step(id, { startedAt, durationMs, requestId });
  const first = prompt(
    "u1",
    "Fix",
    [at("a", 2000, 3000, "r1"), at("b", 3000, 4000, "r1"), at("c", 8000, 2000, "r2")],
    {
      ...{ startedAt: 0, endedAt: 10_000 },
    },
  );
  const { bars, waits } = waterfallOf({
    session: session([first, prompt("u2", "Thanks", [], { startedAt: 15_000 })]),
  });
  expect([...bars].map(([id, { from, start, end }]) => [id, from, start, end])).toEqual([
    ["a", 0, 0.2, 0.5],
    ["b", 0, 0.3, 0.7],
    ["c", 0.7, 0.8, 1],
  ]);
  expect(waits.get(first)).toBe(5000);
});

test("a call waits for the user before it runs, and the model goes on after that", () => {
  const steps = [
    step("a", { startedAt: 2000, waitedMs: 3000, durationMs: 1000, requestId: "r1" }),
    step("b", { startedAt: 8000, durationMs: 2000, requestId: "r2" }),
  ];
  const { bars } = waterfallOf({
    session: session([prompt("u1", "Fix", steps, { startedAt: 0, endedAt: 10_000 })]),
  });
  expect(bars.get("a")).toMatchObject({ from: 0, asked: 0.2, start: 0.5, end: 0.6, waitedMs: 3000 });
  expect(bars.get("b")).toMatchObject({ from: 0.6, asked: 0.8, start: 0.8, end: 1, waitedMs: 0 });
});
