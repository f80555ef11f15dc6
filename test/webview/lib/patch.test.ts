import { expect, test } from "vitest";
import { diffLines } from "../../../webview/lib/diff-lines.ts";
import { patchesIn, patchesOfCommand } from "../../../webview/lib/patch.ts";
import { toldIn } from "../../../webview/lib/told.ts";

const told = (input: object, details?: unknown) =>
  toldIn({
    input: JSON.stringify(input),
    ...(details !== undefined && { details: JSON.stringify(details) }),
    ...{ from: "transcript", cut: false },
  });
const hunk = { oldStart: 4, newStart: 4, lines: [" a", "-b", "+c"] };
const path = "/p/cart.ts";
const lines = (input: object, details?: unknown) =>
  patchesIn(told(input, details)).map(({ hunks, numbered }) => [
    hunks.flatMap(({ lines }) => lines),
    numbered,
  ]);

test.each<[string, object, unknown, unknown]>([
  [
    "as the client noted it",
    { file_path: path },
    { filePath: path, structuredPatch: [hunk] },
    [[[" a", "-b", "+c"], true]],
  ],
  ["a new file", { file_path: path, content: "a\nb\n" }, { structuredPatch: [] }, [[["+a", "+b"], true]]],
  ["a cell", { notebook_path: path, new_source: "x" }, {}, [[["+x"], true]]],
  [
    "by a sub-agent, as it was asked for",
    { file_path: path, old_string: "a\nb", new_string: "a\nc" },
    undefined,
    [[[" a", "-b", "+c"], false]],
  ],
  [
    "several at once",
    {
      file_path: path,
      edits: [
        { old_string: "a", new_string: "b" },
        { old_string: "c", new_string: "d" },
      ],
    },
    undefined,
    [[["-a", "+b", "-c", "+d"], false]],
  ],
  ["nothing", { file_path: path, old_string: "a", new_string: "a" }, undefined, []],
])("%s", (_, input, details, expected) => expect(lines(input, details)).toEqual(expected));

test("a command changes what the client noticed", () => {
  const noticed = told({ command: "sed" }, { bashEditDiff: { files: [{ filePath: path, hunks: [hunk] }] } });
  expect(patchesOfCommand(noticed)).toEqual([{ path, hunks: [hunk], numbered: true }]);
  expect(patchesOfCommand(told({ command: "ls" }))).toEqual([]);
});

test("lines have their numbers on both sides, and what changed in them is marked", () => {
  const found = diffLines({
    ...{ oldStart: 7, newStart: 9 },
    lines: [" {", "-  return sum + tax + tax", "-  old()", "+  return sum + tax", " }"],
  });
  expect(
    found.map(line => [line.sign, line.old, line.new, line.marks.map(([a, b]) => line.text.slice(a, b))]),
  ).toEqual([
    [" ", 7, 9, []],
    ["-", 8, undefined, [" + tax"]],
    ["-", 9, undefined, []],
    ["+", undefined, 10, []],
    [" ", 10, 11, []],
  ]);
});

test("lines that have little in common are not compared word by word", () => {
  const [before] = diffLines({
    oldStart: 1,
    newStart: 1,
    lines: ["-const a = 1", "+await something(quite, different)"],
  });
  expect(before?.marks).toEqual([]);
});
