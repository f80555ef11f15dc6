import { expect, test } from "vitest";
import type { SessionRow } from "../../../extension/protocol.ts";
import { byDay } from "../../../extension/views/days.ts";

const now = new Date(2026, 10, 20, 0, 30).getTime();
const session = (...at: Parameters<typeof Date.UTC>) =>
  ({ id: String(at), endedAt: new Date(...(at as [number, number])).getTime() }) as SessionRow;

test("groups by the day a person would name", () => {
  const days = byDay(
    [
      session(2026, 10, 20, 0, 10),
      session(2026, 10, 19, 23, 50),
      session(2026, 10, 19, 8, 0),
      session(2026, 10, 12, 8, 0),
      session(2025, 10, 12, 8, 0),
    ],
    now,
  );
  expect(days.map(day => [day.label, day.sessions.length])).toEqual([
    ["Today", 1],
    ["Yesterday", 2],
    ["Thu 12 Nov", 1],
    ["Wed, 12 Nov 2025", 1],
  ]);
});
