import { expect, test } from "vitest";
import { csv } from "../../../extension/export/csv.ts";
import { HOSTILE, prompt, saying, step, trace } from "./sample.ts";

/** As RFC 4180 reads it. */
function parsed(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain = "", end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end !== ",") rows.push([]);
  }
  return rows.slice(0, -1);
}

const whole = (text: string) => parsed(csv.begin + csv.of(trace([prompt(text, [])])));
const said = (text: string) => {
  const [head = [], row = []] = whole(text);
  return row[head.indexOf("what")];
};

test("there is a row for each prompt and each step, and each has all columns", () => {
  const rows = parsed(csv.begin + csv.of(trace([prompt("one", [step({}), step({})]), prompt("two", [])])));
  expect(rows.map(row => row.length)).toEqual(Array(5).fill(17));
  expect(rows.slice(1).map(row => row[5])).toEqual(["prompt", "tool", "tool", "prompt"]);
});

test.each(HOSTILE)("%j is one cell, as it was", words => {
  const rows = parsed(csv.begin + csv.of(saying(words)));
  expect(rows.every(row => row.length === 17)).toBe(true);
  expect(said(words)).toBe(/^\s*[=+\-@]/.test(words) ? `'${words}` : words);
});

test.each([
  ["=HYPERLINK(0)", "'=HYPERLINK(0)"],
  ["+1", "'+1"],
  ["-rf", "'-rf"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["  =1", "'  =1"],
  ["\t=1", "'\t=1"],
  ["＝1", "'＝1"],
  ["a=1", "a=1"],
  ["", ""],
])("%j is no formula", (words, expected) => expect(said(words)).toBe(expected));
