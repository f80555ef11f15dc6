import { expect, test } from "vitest";
import { Redactor } from "../../../extension/clean/redact.ts";

test("the user's own patterns say what else is secret, with their case as written", () => {
  const redactor = new Redactor(["Falcon-\\d+", "\\p{Script=Han}+", "[[a-z]--[b-z]]{7}", "(?<=id )\\w+"]);
  expect(redactor.refused).toEqual([]);
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
  const redactor = new Redactor([pattern, "Falcon"]);
  expect(redactor.refused).toEqual([{ pattern, why: expect.stringMatching(why) }]);
  expect(redactor.redact("aaaa Falcon")).toBe("aaaa [redacted: your pattern]");
});

test("a text that is too long for a pattern is hidden as a whole", () => {
  const redactor = new Redactor(["Falcon(?:a|b)+"]);
  expect(redactor.refused).toEqual([]);
  expect(redactor.redact(`x Falcon${"ab".repeat(10_000_000)}`)).toBe("[redacted: your pattern]");
});
