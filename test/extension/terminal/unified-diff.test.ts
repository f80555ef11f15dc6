import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import { expect, test } from "vitest";
import { unifiedDiff } from "../../../extension/terminal/unified-diff.ts";
import { chance } from "../chance.ts";

const theirs = (before: string, after: string) =>
  createTwoFilesPatch("p", "p", before, after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  }).trimEnd();

test.each([
  ["one line among many", "a\nb\nc\nd\ne\nf\ng\nh\ni\n", "a\nb\nc\nd\nE\nf\ng\nh\ni\n"],
  ["two places", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n", "1\nx\n3\n4\n5\n6\n7\n8\n9\n10\n11\ny\n"],
  ["an end without a line end", "{}", "{\n}\n"],
  ["lines that come first", "a\n", "0\na\n"],
])("%s is shown as diff -u does", (_, before, after) =>
  expect(unifiedDiff("p", before, after)).toBe(theirs(before, after)),
);

test("a file that comes or goes is compared with nothing", () => {
  expect(unifiedDiff("p", undefined, "a\n")).toBe("--- /dev/null\n+++ p\n@@ -0,0 +1,1 @@\n+a");
  expect(unifiedDiff("p", "a\n", undefined)).toBe("--- p\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-a");
});

test("whatever changed, both sides can be read in it", () => {
  for (let seed = 0; seed < 200; seed++) {
    const { below } = chance(seed);
    const text = () => Array.from({ length: below(8) }, () => `${below(4)}\n`).join("");
    const [before, after] = [text(), text()];
    const lines = unifiedDiff("p", before, after)
      .split("\n")
      .slice(2)
      .filter(line => !line.startsWith("@@"));
    const side = (sign: string) =>
      lines
        .filter(line => line[0] !== sign)
        .map(line => `${line.slice(1)}\n`)
        .join("");
    if (before !== after) expect([side("+"), side("-")]).toEqual([before, after]);
  }
});
