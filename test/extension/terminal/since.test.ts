import { expect, test } from "vitest";
import { sinceOf } from "../../../extension/terminal/since.ts";

const NOW = new Date(2026, 10, 21, 15, 30).getTime();

test.each([
  ["today", new Date(2026, 10, 21)],
  ["2026-11-01", new Date(2026, 10, 1)],
  ["12h", new Date(2026, 10, 21, 3, 30)],
  ["2w", new Date(2026, 10, 7, 15, 30)],
])("%s", (given, expected) => expect(sinceOf(given, NOW)).toBe(expected.getTime()));

test.each(["yesterday", "7", "2026-13-01", "2026-11", ""])("%j is none", given =>
  expect(() => sinceOf(given, NOW)).toThrow(/^--since wants 2026-11-01, 12h, 7d, 4w or today/),
);
