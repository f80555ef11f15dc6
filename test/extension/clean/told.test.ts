import { expect, test } from "vitest";
import { applied, hunksIn, linesOf, reversed } from "../../../extension/clean/patch.ts";
import { afterOf, beforeOf, hunksOf, toldOf } from "../../../extension/clean/told.ts";

const PATH = "/home/sam/a.ts";
const hunk = (oldStart: number, newStart: number, ...lines: string[]) => ({ oldStart, newStart, lines });
const told = (tool: string, input: object, result: object = {}, said = "") =>
  toldOf(tool, { file_path: PATH, ...input }, { ...result }, { said, path: PATH });
const edit = (old_string: string, new_string: string, more: object = {}) => ({
  old_string,
  new_string,
  ...more,
});
const bash = (file: object) => told("Bash", {}, { bashEditDiff: { files: [{ filePath: PATH, ...file }] } });

test.each<[string, string, ReturnType<typeof hunk>[], string | undefined]>([
  ["a change", "a\nb\nc\n", [hunk(2, 2, "-b", "+B")], "a\nB\nc\n"],
  ["two", "a\nb\nc\n", [hunk(1, 1, "-a", " b"), hunk(3, 2, "-c", "+C", "+d")], "b\nC\nd\n"],
  ["in another place", "x\na\nb\nc\n", [hunk(2, 2, "-b", "+B")], undefined],
  [
    "to a last line without an end",
    "x\ny",
    [hunk(2, 2, "-y", "\\ No newline", "+y", "+z", "\\ No newline")],
    "x\ny\nz",
  ],
  ["that gives it one", "x\ny", [hunk(2, 2, "-y", "\\ No newline at end of file", "+y")], "x\ny\n"],
  ["of a file with an end where it had none", "x\ny\n", [hunk(2, 2, "-y", "\\ No newline", "+z")], undefined],
  ["of Windows line ends", "a\nb\n", [hunk(1, 1, "-a\r", "+A\r", " b\r")], "A\nb\n"],
  ["of an empty file", "", [hunk(0, 1, "+a")], "a\n"],
  ["with nothing around it", "a\n", [hunk(0, 1, "+b")], undefined],
])("a patch makes %s", (_, before, hunks, after) => {
  expect(applied(linesOf(before), hunksIn(hunks))?.join("")).toBe(after);
  if (after !== undefined) expect(applied(linesOf(after), reversed(hunksIn(hunks)))?.join("")).toBe(before);
});

test("lines keep their ends", () => expect(linesOf("a\n\nb")).toEqual(["a\n", "\n", "b"]));

test.each<[string, ReturnType<typeof told>, object]>([
  ["a new file", told("Write", {}, { type: "create", content: "a\r\n" }), { before: null, after: ["a\n"] }],
  [
    "one that replaces another",
    told("Write", {}, { type: "update", content: "b", originalFile: "\uFEFFa" }),
    { before: ["a"], after: ["b"] },
  ],
  [
    "a sub-agent's",
    told("Write", { content: "a" }, {}, "File created successfully"),
    { before: null, after: ["a"] },
  ],
  [
    "a notebook",
    told("NotebookEdit", {}, { original_file: "{}", updated_file: "[]" }),
    { before: ["{}"], after: ["[]"] },
  ],
  [
    "what a command made",
    bash({ created: true, hunks: [hunk(0, 1, "+a")] }),
    { before: null, after: ["a\n"] },
  ],
  ["what it removed", bash({ deleted: true, hunks: [hunk(1, 0, "-a")] }), { before: ["a\n"], after: null }],
  ["what is no text", bash({ deleted: true, hunks: [] }), { hunks: [], swaps: [] }],
])("told of %s", (_, found, known) => expect(found).toMatchObject(known));

const TABBED = "f() {\n\told();\n}\n";

test.each<[string, ReturnType<typeof told>, string, string | undefined]>([
  ["a swap", told("Edit", edit("b", "B")), "a b c", "a B c"],
  ["a text that is there twice", told("Edit", edit("b", "B")), "b b", undefined],
  ["all of them", told("Edit", edit("b", "$&", { replace_all: true })), "b b", "$& $&"],
  ["blanks at the ends of lines", told("Edit", edit("b", "B  \nc ")), "b", "B\nc"],
  ["several", told("MultiEdit", { edits: [edit("a", "b"), edit("b", "c")] }), "a", "c"],
  ["nothing in an empty file", told("Edit", edit("", "a")), "", "a"],
  ["a line taken whole or not", told("Edit", edit("b", "")), "a\nb\nc", undefined],
  [
    "the same, as its patch says",
    told("Edit", edit("b", ""), { structuredPatch: [hunk(1, 1, " a", "-b", " c", "\\ No newline")] }),
    "a\nb\nc",
    "a\nc",
  ],
  [
    "tabs that the patch has as blanks",
    told("Edit", edit("old", "new"), {
      structuredPatch: [hunk(1, 1, " f() {", "-  old();", "+  new();", " }")],
    }),
    TABBED,
    TABBED.replace("old", "new"),
  ],
  ["a patch that does not fit", bash({ hunks: [hunk(1, 1, "-a", "+b")] }), "c\n", undefined],
])("after %s", (_, found, before, after) => expect(afterOf(found, linesOf(before))?.join("")).toBe(after));

test.each<[string, ReturnType<typeof told>, string, string | undefined]>([
  ["a swap", told("Edit", edit("b", "B")), "a B c", "a b c"],
  ["one that would not come back", told("Edit", edit("b", "B")), "b B", undefined],
  ["a patch", bash({ hunks: [hunk(1, 1, "-a", "+b")] }), "b\nc\n", "a\nc\n"],
  ["a patch of another text", bash({ hunks: [hunk(1, 1, "-a", "+b")] }), "c\n", undefined],
])("before %s", (_, found, after, before) => expect(beforeOf(found, linesOf(after))?.join("")).toBe(before));

test.each<[string, ReturnType<typeof told>, string[][]]>([
  ["a patch", bash({ hunks: [hunk(1, 1, "-a", "+b")] }), [["-a", "+b"]]],
  ["a swap", told("Edit", edit("a\nb\n", "c")), [["-a", "-b", "+c"]]],
  ["a whole text", told("Write", { content: "a\nb\n" }), [["+a", "+b"]]],
  ["nothing", told("Bash", {}), []],
])("as hunks: %s", (_, found, hunks) => expect(hunksOf(found).map(({ lines }) => lines)).toEqual(hunks));
