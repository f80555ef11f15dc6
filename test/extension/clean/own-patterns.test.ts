import { expect, test } from "vitest";
import { sorted } from "../../../extension/clean/own-patterns.ts";
import { Redactor } from "../../../extension/clean/redact.ts";

test("the user's own patterns say what else is secret, with their case as written", () => {
  const patterns = ["Falcon-\\d+", "\\p{Script=Han}+", "[[a-z]--[b-z]]{7}", "(?<=id )\\w+"];
  const redactor = new Redactor(patterns);
  expect(sorted(patterns)).toEqual({ good: patterns, refused: [] });
  const clean = redactor.redact("Falcon-77 falcon-77 漢字 aaaaaaa id x9");
  const own = "[redacted: your pattern]";
  expect(clean).toBe(`${own} falcon-77 ${own} ${own} id ${own}`);
  expect(redactor.redact(clean)).toBe(clean);
});

test.each([".+", "redacted", "\\w+ pattern\\]", "your"])(
  "the pattern %j leaves its own marks alone",
  pattern => {
    const redactor = new Redactor([pattern]);
    const clean = redactor.redact(`your pattern] and hunter2`);
    expect(redactor.redact(clean)).toBe(clean);
  },
);

test.each([
  ["(", /^It is no regular expression\. /],
  ["x*", /^It matches even where nothing stands/],
  ["(a+)+$", /^It would take too long/],
  ["(\\w+\\s?)+:", /^It would take too long/],
  ["(b|bb)+!", /^It would take too long/],
  ["\\w+@corp\\.example", /^It would take too long/],
])("the pattern %j is refused, and harms no other", (pattern, why) => {
  const { good, refused } = sorted([pattern, "Falcon"]);
  expect(refused).toEqual([{ pattern, why: expect.stringMatching(why) }]);
  expect(good).toEqual(["Falcon"]);
});

test.each<[string, unknown, string[]]>([
  ["one text instead of a list", "Falcon", ["Falcon"]],
  ["what is no text", ["Falcon", 7, null], ["Falcon"]],
  ["one that is too long", ["Falcon", "x".repeat(2001)], ["Falcon"]],
])("a settings file may hold %s", (_, patterns, good) => {
  expect(sorted(patterns).good).toEqual(good);
});

test("many patterns that take long are not all tried, and what was not tried is not used", () => {
  const { good, refused } = sorted(["Falcon", ...Array.from({ length: 40 }, (_, n) => `(a+)+${n}`), "Eagle"]);
  expect(good).toEqual(["Falcon"]);
  expect(refused).toHaveLength(41);
  expect(refused.at(-1)?.why).toMatch(/^There are too many/);
});

test("a text that is too long for a pattern is hidden as a whole, and so are longer ones", () => {
  const redactor = new Redactor(["Falcon(?:a|b)+"]);
  expect(redactor.redact(`x Falcon${"ab".repeat(10_000_000)}`)).toBe("[redacted: your pattern]");
  expect(redactor.redact("y".repeat(30_000_000))).toBe("[redacted: your pattern]");
  expect(redactor.redact("x Falconab")).toBe("x [redacted: your pattern]");
});

test("a pattern that was never tried can't hold anybody up", () => {
  const redactor = new Redactor(["(x+x+)+y"]);
  expect(redactor.redact("x".repeat(50))).toBe("[redacted: your pattern]");
});
