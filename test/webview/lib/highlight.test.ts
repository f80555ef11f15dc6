import { expect, test } from "vitest";
import { grammarOf, grammarOfFile, highlight, marked } from "../../../webview/lib/highlight.ts";

test.each([
  ["src/cart.ts", "ts"],
  ["C:\\shop\\main.py", "py"],
  ["a.mts", "mts"],
  ["Makefile", "makefile"],
  ["notes", undefined],
  ["a.constructor", undefined],
])("the grammar of %s", (path, grammar) => expect(grammarOfFile(path)).toBe(grammar));

test("code falls into lines, whatever goes over several of them", () => {
  const lines = highlight("/* a\nb */ const x = 1", grammarOf("js"));
  expect(lines.map(line => line.map(({ text, of }) => [text, of]))).toEqual([
    [["/* a", "comment"]],
    [
      ["b */", "comment"],
      [" ", undefined],
      ["const", "keyword"],
      [" x = ", undefined],
      ["1", "number"],
    ],
  ]);
});

test("what is too long stays plain", () => {
  expect(highlight("const x\n".repeat(20_000), "ts")[0]).toEqual([{ text: "const x", of: undefined }]);
});

test("tokens are cut where marks begin and end", () => {
  const tokens = [
    { text: "const ", of: "keyword" },
    { text: "total = 1", of: undefined },
  ];
  expect(marked(tokens, [[4, 8]]).map(({ text, marked }) => `${marked ? "!" : ""}${text}`)).toEqual([
    ...["cons", "!t ", "!to", "tal = 1"],
  ]);
});
