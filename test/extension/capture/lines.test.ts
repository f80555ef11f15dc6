import { closeSync, openSync } from "node:fs";
import { expect, test } from "vitest";
import { type Line, newLines } from "../../../extension/capture/lines.ts";
import { scratch } from "../../scratch.ts";

type Read = { text: string; offset: number; length: number };

async function read(text: string, from = 0): Promise<Read[]> {
  await using folder = await scratch({ "t.jsonl": text });
  const file = openSync(folder.at("t.jsonl"), "r");
  const lines: Read[] = [];
  // Their bytes hold until the next lines are asked for.
  for (const batch of newLines(file, from))
    for (const { bytes, offset, length } of batch) lines.push({ text: bytes.toString(), offset, length });
  closeSync(file);
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

test.each([1, 3, 20])("a line of %i MB, and the lines around it", async megabytes => {
  const long = "é".repeat(megabytes * 512 * 1024);
  const bytes = Buffer.byteLength(long);
  expect(await read(`a\n${long}\nb\n`)).toEqual([
    { text: "a", offset: 0, length: 1 },
    { text: long, offset: 2, length: bytes },
    { text: "b", offset: bytes + 3, length: 1 },
  ]);
});

test("many lines come in many batches, each once", async () => {
  const texts = Array.from({ length: 50_000 }, (_, i) => `line ${i} ${"x".repeat(i % 97)}`);
  expect((await read(`${texts.join("\n")}\n`)).map(line => line.text)).toEqual(texts);
});

test("two files can be read by turns, as when one is asked for while another is read", async () => {
  await using folder = await scratch({ "a.jsonl": "a1\na2\n", "b.jsonl": "b1\nb2\n" });
  const [a, b] = ["a.jsonl", "b.jsonl"].map(name => openSync(folder.at(name), "r"));
  const [first, second] = [newLines(a ?? 0, 0), newLines(b ?? 0, 0)];
  const lines: Line[] = first.next().value ?? [];
  second.next();
  expect(lines.map(line => line.bytes.toString())).toEqual(["a1", "a2"]);
  for (const file of [a, b]) closeSync(file ?? 0);
});

test("a character that spans two chunks stays whole", async () => {
  const text = "é".repeat(200 * 1024);
  expect((await read(`x${text}\n`))[0]?.text).toBe(`x${text}`);
});
