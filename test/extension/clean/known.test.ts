import { expect, test } from "vitest";
import { SILENT, TELLING, unknownIn } from "../../../extension/clean/known.ts";

test.each([
  ["a user line", "user", { type: "user", message: {}, promptSource: "typed" }, []],
  ["a new field", "user", { type: "user", mood: "good" }, ["field mood of user lines"]],
  ["a field of another type's lines", "user", { requestId: "r" }, ["field requestId of user lines"]],
  [
    "two of them",
    "assistant",
    { a: 1, requestId: "r", b: 2 },
    ["field a of assistant lines", "field b of assistant lines"],
  ],
  // Of those that say one thing only that thing is read.
  ["a line whose other fields are of no interest", "ai-title", { aiTitle: "x", whatever: 1 }, []],
])("%s", (_, type, line, unknown) => expect(unknownIn(line, type)).toEqual(unknown));

test("no type of line is both of interest and not", () => {
  expect([...TELLING].filter(type => SILENT.has(type))).toEqual([]);
});
