import { expect, test } from "vitest";
import { unifiedDiff } from "../../../extension/terminal/unified-diff.ts";
import { chance } from "../chance.ts";

test.each([
  ["a line among many", "a\nb\nc\nd\ne\n", "a\nb\nC\nd\ne\n", "@@ -1,5 +1,5 @@\n a\n b\n-c\n+C\n d\n e"],
  ["an end without a line end", "{}", "{}\n", "@@ -1,1 +1,1 @@\n-{}\n\\ No newline at end of file\n+{}"],
])("%s is shown as diff -u does", (_, before, after, shown) =>
  expect(unifiedDiff("p", before, after)).toBe(`--- p\n+++ p\n${shown}`),
);

test("a large file that was changed in many places shows these, not all of it", () => {
  const lines = Array.from({ length: 6000 }, (_, i) => `line ${i}\n`);
  const changed = lines.map((line, i) => (i % 100 === 0 ? `new ${line}` : line));
  expect(unifiedDiff("p", lines.join(""), changed.join("")).match(/^@@/gm)).toHaveLength(60);
});

test("texts that take too long to compare are told one after the other", () => {
  const words = (of: string) =>
    Array.from({ length: 20_000 }, (_, i) => `${of}${(i * 7919) % 20_011}\n`).join("");
  const lines = unifiedDiff("p", words("a"), words("b")).split("\n");
  expect(lines.slice(0, 4)).toEqual(["--- p", "+++ p", "@@ -1,20000 +1,20000 @@", "-a0"]);
  expect(lines).toHaveLength(3 + 40_000);
});

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
