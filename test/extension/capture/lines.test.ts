import { expect, test } from "vitest";
import { type Line, newLines } from "../../../extension/capture/lines.ts";
import { scratch } from "../../scratch.ts";

async function read(text: string, from = 0): Promise<Line[]> {
  await using folder = await scratch({ "t.jsonl": text });
  const lines: Line[] = [];
  for await (const batch of newLines(folder.at("t.jsonl"), from)) lines.push(...batch);
  return lines;
}

const big = "x".repeat(700 * 1024);

test.each([
  ["nothing", "", 0, []],
  [
    "whole lines with their places",
    "one\ntwo\n",
    0,
    [
      ["one", 0, 3],
      ["two", 4, 3],
    ],
  ],
  ["a last line without newline waits", "one\ntw", 0, [["one", 0, 3]]],
  ["from an offset", "one\ntwo\n", 4, [["two", 4, 3]]],
  [
    "places are bytes, not characters",
    "é\nü\n",
    0,
    [
      ["é", 0, 2],
      ["ü", 3, 2],
    ],
  ],
  [
    "empty lines",
    "\n\na\n",
    0,
    [
      ["", 0, 0],
      ["", 1, 0],
      ["a", 2, 1],
    ],
  ],
  [
    "lines longer than a chunk",
    `a\n${big}\nb\n`,
    0,
    [
      ["a", 0, 1],
      [big, 2, big.length],
      ["b", big.length + 3, 1],
    ],
  ],
] as [string, string, number, [string, number, number][]][])("%s", async (_, text, from, expected) => {
  const lines = await read(text, from);
  expect(lines).toEqual(expected.map(([text, offset, length]) => ({ text, offset, length })));
});

test("a character that spans two chunks stays whole", async () => {
  const text = "é".repeat(200 * 1024);
  expect((await read(`x${text}\n`))[0]?.text).toBe(`x${text}`);
});
