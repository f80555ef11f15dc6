import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { Words } from "../../../extension/queries/words.ts";
import { openScratch } from "../db/open-scratch.ts";

const SHORT = '{"type":"user","n":1}';
const LONG = JSON.stringify({ type: "user", text: "words ".repeat(10_000) });

test.each([
  ["a line", { offset: 0, length: SHORT.length }, { type: "user", n: 1 }],
  [
    "the next one",
    { offset: SHORT.length + 1, length: LONG.length },
    { type: "user", text: expect.any(String) },
  ],
  ["a place behind the end", { offset: 1e6, length: 10 }, {}],
  ["a place that is no line any more", { offset: 3, length: 10 }, {}],
  ["a place that is not known", { offset: null, length: null }, {}],
])("%s is read where it stands", async (_, spot, expected) => {
  await using store = await openScratch();
  const path = await store.write("t.jsonl", `${SHORT}\n${LONG}\n`);
  using words = new Words(store.db);
  expect(words.line({ path, ...spot })).toEqual(expected);
});

test("a long line has its long texts cut short, unless it is asked for whole", async () => {
  await using store = await openScratch();
  const path = await store.write("t.jsonl", LONG);
  using words = new Words(store.db);
  const spot = { path, offset: 0, length: LONG.length };
  expect(String(words.line(spot).text).length).toBeLessThan(10_000);
  expect(words.wholeLine(spot)?.text).toBe("words ".repeat(10_000));
});

test("a file that is gone has no words, and one that was never there does no harm", async () => {
  await using store = await openScratch();
  using words = new Words(store.db);
  const spot = { path: store.at("none.jsonl"), offset: 0, length: 10 };
  expect([words.line(spot), words.wholeLine(spot), words.line({ ...spot, path: null })]).toEqual([
    {},
    undefined,
    {},
  ]);
  expect(words.kept("prompt", "u1")).toBeUndefined();
});

test.runIf(process.platform === "linux")("few files are open at a time, and none in the end", async () => {
  await using store = await openScratch();
  const paths = await Promise.all(
    Array.from({ length: 50 }, (_, i) => store.write(`${i}.jsonl`, `{"n":${100 + i}}`)),
  );
  const open = () => readdirSync("/proc/self/fd").length;
  const before = open();
  {
    using words = new Words(store.db);
    const read = (path: string) => words.line({ path, offset: 0, length: 9 }).n;
    expect(paths.map(read)).toEqual(paths.map((_, i) => 100 + i));
    expect(open() - before).toBeLessThan(20);
    expect(paths.map(read)).toEqual(paths.map((_, i) => 100 + i)); // also those that were closed meanwhile
  }
  expect(open()).toBe(before);
});
