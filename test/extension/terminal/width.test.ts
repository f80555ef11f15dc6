import { describe, expect, test } from "vitest";
import { cut, padded, shown, widthOf, wrapped } from "../../../extension/terminal/width.ts";

describe("columns", () => {
  test.each([
    ["abc", 3],
    ["+1 −2 ❯", 7],
    ["日本", 4],
    ["👩‍👩‍👧", 2],
    ["e\u0301", 1],
    ["", 0],
  ])("%s takes %i", (text, columns) => expect(widthOf(text)).toBe(columns));

  test.each([
    ["abcdef", 4, "abc…"],
    ["abcd", 4, "abcd"],
    ["日本語", 4, "日…"],
    ["ab cd", 4, "ab…"],
    ["abc", 0, ""],
  ])("%s in %i is %s", (text, columns, expected) => expect(cut(text, columns)).toBe(expected));

  test("what is shorter is filled up on the side where nothing stands", () => {
    expect([padded("日本", 6), padded("12", 4, "right")]).toEqual(["日本  ", "  12"]);
  });
});

test.each([
  ["one two three", 7, 0, "one two\nthree"],
  ["one two three", 7, 2, "one two\n  three"],
  ["what_is_too_long stays whole", 8, 0, "what_is_too_long\nstays\nwhole"],
  ["one\ntwo", 20, 0, "one two"],
  ["", 20, 0, ""],
])("%j in lines of %i", (text, columns, indent, expected) =>
  expect(wrapped(text, columns, indent)).toBe(expected),
);

test.each([
  ["\x1b[2J\x1b]0;title\x07gone", " [2J ]0;title gone"],
  ["a\u202ecod.exe", "a cod.exe"],
  ["one\r\ntwo", "one two"],
])("%j does nothing to a terminal", (text, expected) => expect(shown(text)).toBe(expected));
