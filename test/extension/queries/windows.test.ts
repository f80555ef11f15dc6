import { expect, test } from "vitest";
import type { Cell } from "../../../extension/queries/cells.ts";
import { windowStarts, windowsOf } from "../../../extension/queries/windows.ts";

/** Use in an hour of a day of November. */
const used = (day: number, hour: number, cost = 1e9) =>
  ({ day: 20261100 + day, hour: 24 + hour, cost, requests: 1, tokens: 10 }) as Cell;
const spent = (cells: Cell[]) => ({ cells, misses: [] });
const clock = (at: number) => `${new Date(at).getDate()}. ${new Date(at).getHours()}:00`;

test.each<[string, [day: number, hour: number][], string[]]>([
  ["the first use begins one", [[2, 9]], ["2. 9:00"]],
  [
    "all of five hours is one",
    [
      [2, 9],
      [2, 11],
      [2, 13],
    ],
    ["2. 9:00"],
  ],
  [
    "what comes after them begins another",
    [
      [2, 9],
      [2, 14],
    ],
    ["2. 14:00", "2. 9:00"],
  ],
  [
    "however much was used in between",
    [
      [2, 9],
      [2, 13],
      [2, 14],
      [2, 18],
      [2, 19],
    ],
    ["2. 19:00", "2. 14:00", "2. 9:00"],
  ],
  [
    "a pause belongs to none",
    [
      [2, 9],
      [3, 8],
      [3, 12],
    ],
    ["3. 8:00", "2. 9:00"],
  ],
  [
    "one goes on over midnight",
    [
      [2, 22],
      [3, 2],
    ],
    ["2. 22:00"],
  ],
  [
    "and over the end of a month",
    [
      [30, 23],
      [101, 1],
      [101, 4],
    ],
    ["1. 4:00", "30. 23:00"],
  ],
])("%s", (_, hours, starts) => {
  const cells = hours.map(([day, hour]) => used(day, hour));
  const windows = windowsOf([spent(cells)], windowStarts([spent(cells)]));
  expect(windows.map(({ start }) => clock(start))).toEqual(starts);
  expect(windows.reduce((sum, { costUsd }) => sum + costUsd, 0)).toBe(cells.length);
});

test("what is asked for is counted in the windows of all use", () => {
  const all = [used(2, 9), used(2, 13), used(2, 15, 3e9)];
  const [last] = windowsOf([spent(all.slice(1, 2))], windowStarts([spent(all)]));
  expect(last).toMatchObject({ costUsd: 1, requests: 1, tokens: 10 });
  expect(clock(last?.start ?? 0)).toBe("2. 9:00");
});
