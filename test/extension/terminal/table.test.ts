import { expect, test } from "vitest";
import { paintFor } from "../../../extension/terminal/paint.ts";
import { type Column, table } from "../../../extension/terminal/table.ts";

const COLUMNS: Column<[string, number]>[] = [
  { name: "tool", of: ([name]) => name, yields: true },
  { name: "calls", of: ([, calls]) => String(calls), right: true, color: () => "red" },
];
const ROWS: [string, number][] = [
  ["Bash", 12],
  ["mcp__github__create_pull_request", 3],
];
const plain = paintFor(false, {});

test("what is too wide for the screen gives way", () => {
  expect(table(COLUMNS, ROWS, 20, plain)).toEqual([
    "tool           calls",
    "Bash              12",
    "mcp__github_…      3",
  ]);
});

test("colours take no columns, and come only where they are wanted", () => {
  const colored = table(COLUMNS, ROWS, 20, paintFor(true, {}));
  expect(colored[1]).toBe("Bash           \x1b[31m   12\x1b[39m");
  expect(table(COLUMNS, ROWS, 20, paintFor(true, { NO_COLOR: "1" }))).toEqual(
    table(COLUMNS, ROWS, 20, plain),
  );
});
