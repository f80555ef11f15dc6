import { expect, test } from "vitest";
import { Heights } from "../../../webview/lib/heights.ts";

const rows = ["a", "b", "c", "d"].map(id => ({ id }));

test("rows stand below each other, as high as expected until they are measured", () => {
  const heights = new Heights();
  heights.lay(rows, () => 10);
  expect([heights.top(2), heights.total, heights.topOf("d"), heights.topOf("x")]).toEqual([
    20,
    40,
    30,
    undefined,
  ]);
  expect(heights.set("b", 25)).toBe(true);
  expect(heights.set("b", 25)).toBe(false);
  expect([heights.top(2), heights.total]).toEqual([35, 55]);
  heights.lay([{ id: "new" }, ...rows], () => 10);
  expect(heights.topOf("c")).toBe(45);
});

test.each([
  [-5, 0],
  [0, 0],
  [9, 0],
  [10, 1],
  [39, 3],
  [500, 3],
])("at %d stands row %d", (y, row) => {
  const heights = new Heights();
  heights.lay(rows, () => 10);
  expect(heights.at(y)).toBe(row);
});
