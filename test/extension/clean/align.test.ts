import { expect, test } from "vitest";
import { align, inverse, match, placesOf } from "../../../extension/clean/align.ts";

const lines = (text: string) => [...text];

test.each([
  ["the same", "abc", "abc", [0, 1, 2]],
  ["a line more", "abc", "axbc", [0, -1, 1, 2]],
  ["a line less", "abc", "ac", [0, 2]],
  ["another line", "abc", "axc", [0, -1, 2]],
  ["nothing before", "", "ab", [-1, -1]],
  ["nothing after", "ab", "", []],
  ["which of two it is nobody can tell", "ab", "aab", [-1, -1, 1]],
  ["one of two that went", "aab", "ab", [-1, 2]],
  ["unlike lines hold what is alike between them", "xayaz", "xaybaz", [0, 1, 2, -1, 3, 4]],
  ["lines that changed places", "abcd", "acbd", [0, -1, -1, 3]],
])("%s", (_, before, after, same) => expect([...align(lines(before), lines(after))]).toEqual(same));

test("where one way is as good as another, one is taken", () =>
  expect([...match(lines("ab"), lines("aab"))].filter(line => line >= 0)).toEqual([0, 1]));

test("the other way round", () =>
  expect([...inverse(align(lines("abc"), lines("axc")), 3)]).toEqual([0, -1, 2]));

test("places are what lies between", () =>
  expect(placesOf(align(lines("abcd"), lines("xbcyz")), 4)).toEqual([
    { before: 0, endBefore: 1, after: 0, endAfter: 1 },
    { before: 3, endBefore: 4, after: 3, endAfter: 5 },
  ]));

test("texts that are too large to compare line by line are other texts", () => {
  const many = (seed: number) => Array.from({ length: 3000 }, (_, i) => `${(i * seed) % 7}`);
  expect(align(many(3), many(5)).length).toBe(3000);
});
