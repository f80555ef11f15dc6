import { expect, test } from "vitest";
import { diffLines } from "../../../webview/lib/diff-lines.ts";
import { piecesOf, shortHunks } from "../../../webview/lib/pieces.ts";

test.each([
  [[], []],
  [[1], [[1]]],
  [
    [1, 2, 3, 4],
    [
      [1, 2],
      [3, 4],
    ],
  ],
  [
    [1, 2, 3],
    [[1, 2], [3]],
  ],
])("%j in pieces of two: %j", (items, pieces) => expect(piecesOf(items as number[], 2)).toEqual(pieces));

test("a long hunk in pieces has the same lines with the same numbers", () => {
  const signs = [" ", "-", "+", "+", " ", "-", "-", "\\", "+", " "];
  const hunk = { oldStart: 7, newStart: 9, lines: signs.map((sign, i) => `${sign}${i}`) };
  const numbered = (size: number) =>
    shortHunks([hunk], size)
      .flatMap(diffLines)
      .map(({ sign, old, new: now, text }) => [sign, old, now, text]);
  expect(shortHunks([hunk], 3)).toHaveLength(4);
  expect(numbered(3)).toEqual(numbered(100));
});
