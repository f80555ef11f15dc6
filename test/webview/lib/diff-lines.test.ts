import { expect, test } from "vitest";
import { diffLines } from "../../../webview/lib/diff-lines.ts";

/** The lines of a hunk with what is marked in brackets. */
function shown(...lines: string[]): string[] {
  return diffLines({ oldStart: 1, newStart: 1, lines }).map(({ sign, text, marks }) => {
    let [out, at] = ["", 0];
    for (const [from, to] of marks) {
      out += `${text.slice(at, from)}[${text.slice(from, to)}]`;
      at = to;
    }
    return sign + out + text.slice(at);
  });
}

test.each<[string, string[], string[]]>([
  [
    "a line that became another has its words marked",
    ["-const total = sum(items);", "+const total = sum(items, tax);"],
    ["-const total = sum(items);", "+const total = sum(items[, tax]);"],
  ],
  [
    "a line is compared with that which is most like it, not with that which stands first",
    ["-const total = sum(items);", '+log("starting to add things up");', "+const total = sum(items, tax);"],
    ["-const total = sum(items);", '+log("starting to add things up");', "+const total = sum(items[, tax]);"],
  ],
  [
    "lines that have little in common are replaced",
    ["-const total = sum(items);", "+// nothing of it is left here"],
    ["-const total = sum(items);", "+// nothing of it is left here"],
  ],
])("%s", (_, lines, marked) => {
  expect(shown(...lines)).toEqual(marked);
});

test("the numbers of both sides go on over what the other side lacks", () => {
  const lines = diffLines({
    oldStart: 3,
    newStart: 5,
    lines: [" a", "-b", "+c", "+d", " e", "\\ No newline"],
  });
  expect(lines.map(line => [line.old, line.new])).toEqual([
    [3, 5],
    [4, undefined],
    [undefined, 6],
    [undefined, 7],
    [5, 8],
  ]);
});
