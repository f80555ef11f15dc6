import { expect, test } from "vitest";
import { Needles } from "../../../extension/queries/needles.ts";

test.each([
  ["one word", "FLAKY", "the flaky test", true],
  ["a part of one", "lak", "the flaky test", true],
  ["all of them", "test the", "the flaky test", true],
  ["not only some", "test nothing", "the flaky test", false],
  ["accents count", "cafe", "the café", false],
  ["accents where there are none", "café", "the cafe", false],
  ["capital letters with accents", "CAFÉ", "the café", true],
  ["a path", "src/cart.ts", "in src/cart.ts:3", true],
  ["quotes", 'say "hello"', 'they say "hello" there', true],
  ["a backslash", "C:\\dev", "in C:\\dev\\shop", true],
  ["no letters at all", "=>", "a => b", true],
  ["another script, in capital letters", "привет", "ПРИВЕТ", true],
  ["another script, without any", "你好", "他说你好。", true],
  ["over the end of a line", "end begin", "the end\nbegin", true],
])("%s: %j is in %j: %s", (_, typed, said, is) => {
  const needles = new Needles(typed);
  const may = needles.mayBeIn(Buffer.from(JSON.stringify({ text: said })));
  expect([may && needles.snippet(said) !== undefined]).toEqual([is]);
});

test("nothing is looked for in nothing", () => {
  expect([new Needles("  ").none, new Needles(" a ").none]).toEqual([true, false]);
});

test("a snippet is what stands around the first word, in one line", () => {
  const said = `${"before ".repeat(50)}\n\tneedle ${"after ".repeat(50)}`;
  const snippet = new Needles("NEEDLE after").snippet(said) ?? "";
  expect(snippet).toMatch(/^…[before ]* needle after [after ]*…$/);
  expect(snippet.length).toBeLessThan(170);
  expect(new Needles("fix").snippet("Fix it.")).toBe("Fix it.");
});
