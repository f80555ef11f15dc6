import { expect, test } from "vitest";
import { diffLines } from "../../../extension/clean/line-diff.ts";
import { chance } from "../chance.ts";

test.each([
  ["the same", "a\nb", "a\nb", 0, 0],
  ["a line changed", "a\nb\nc", "a\nx\nc", 1, 1],
  ["a line added", "a\nc", "a\nb\nc", 1, 0],
  ["a line removed", "a\nb\nc", "a\nc", 0, 1],
  ["lines that moved", "a\nb\nc\nd", "c\nd\na\nb", 2, 2],
  ["twice the same line", "a\na", "a", 0, 1],
  ["the last line end", "a\n", "a", 0, 1],
  ["Windows' line ends", "a\r\nb", "a\nb", 1, 1],
  ["everything", "a\nb", "x\ny\nz", 3, 2],
])("%s", (_, before, after, added, removed) => expect(diffLines(before, after)).toEqual({ added, removed }));

test("texts that differ in more than can be compared line by line count as all changed", () => {
  const [before, after] = ["a", "b"].map(letter =>
    Array.from({ length: 2001 }, (_, i) => `${letter}${i % 2 ? i : ""}`),
  );
  const text = (lines: string[] = []) => ["first", ...lines, "last"].join("\n");
  expect(diffLines(text(before), text(after))).toEqual({ added: 2001, removed: 2001 });
});

test("for any two texts it is the least that leads from one to the other", () => {
  const random = chance(7);
  for (let i = 0; i < 300; i++) {
    const [a, b] = [6, 6].map(most =>
      Array.from({ length: random.below(most) }, () => random.pick(["x", "y", "z"])),
    );
    const { added, removed } = diffLines(a?.join("\n") ?? "", b?.join("\n") ?? "");
    expect(added + removed).toBe(least(split(a), split(b)));
    expect(added - removed).toBe(split(b).length - split(a).length);
  }
});

/** A text without lines is one empty line. */
function split(lines: string[] = []): string[] {
  return lines.length > 0 ? lines : [""];
}

/** The same by trying everything. */
function least([a, ...restA]: string[], [b, ...restB]: string[]): number {
  if (a === undefined) return b === undefined ? 0 : 1 + restB.length;
  if (b === undefined) return 1 + restA.length;
  if (a === b) return least(restA, restB);
  return 1 + Math.min(least(restA, [b, ...restB]), least([a, ...restA], restB));
}
