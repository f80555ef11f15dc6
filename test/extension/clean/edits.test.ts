import { expect, test } from "vitest";
import { editOfInput, editsOfResult, isEditor } from "../../../extension/clean/edits.ts";
import { shorten } from "../../../extension/clean/skim.ts";

const none = new Uint8Array();
const hunk = (...lines: string[]) => ({ lines });

test.each([
  ["Edit", true],
  ["MultiEdit", true],
  ["NotebookEdit", true],
  ["Write", true],
  ["Read", false],
  ["Bash", false],
])("%s is an editor: %s", (tool, is) => expect(isEditor(tool)).toBe(is));

test.each<[string, object, object[]]>([
  [
    "a patch",
    {
      filePath: "/a.ts",
      structuredPatch: [hunk(" x", "-a", "+b"), hunk("+c", "\\ No newline at end of file")],
    },
    [{ path: "/a.ts", change: "changed", added: 2, removed: 1 }],
  ],
  [
    "a patch without changes",
    { filePath: "/a.ts", structuredPatch: [] },
    [{ path: "/a.ts", change: "changed", added: 0, removed: 0 }],
  ],
  [
    "a new file",
    { filePath: "/a.ts", type: "create", content: "a\nb\n" },
    [{ path: "/a.ts", change: "created", added: 2, removed: 0 }],
  ],
  [
    "one whose last line has no end",
    { filePath: "/a.ts", type: "create", content: "a\nb" },
    [{ path: "/a.ts", change: "created", added: 2, removed: 0 }],
  ],
  [
    "an empty one",
    { filePath: "/a.ts", type: "create", content: "" },
    [{ path: "/a.ts", change: "created", added: 0, removed: 0 }],
  ],
  [
    "a notebook",
    { notebook_path: "/a.ipynb", original_file: "a\nb\nc", updated_file: "a\nx\nc" },
    [{ path: "/a.ipynb", change: "changed", added: 1, removed: 1 }],
  ],
  ["a file that was only read", { filePath: "/a.ts", content: "a" }, []],
  ["no path", { structuredPatch: [hunk("+a")] }, []],
  [
    "a patch that is none",
    { filePath: "/a.ts", structuredPatch: [5, { lines: 7 }, { lines: [null, "+a"] }] },
    [{ path: "/a.ts", change: "changed", added: 1, removed: 0 }],
  ],
])("by its result: %s", (_, result, edits) => expect(editsOfResult({ ...result }, none)).toEqual(edits));

const bash = (...files: object[]) => ({ bashEditDiff: { files } });

test.each<[string, object, object[]]>([
  [
    "changes a file",
    bash({ filePath: "/a.ts", hunks: [hunk("-a", "+b")] }),
    [{ path: "/a.ts", change: "changed", added: 1, removed: 1 }],
  ],
  [
    "makes one and deletes another",
    bash(
      { filePath: "/a.ts", created: true, hunks: [hunk("+a")] },
      { filePath: "/b.ts", deleted: true, hunks: [hunk("-b")] },
    ),
    [
      { path: "/a.ts", change: "created", added: 1, removed: 0 },
      { path: "/b.ts", change: "deleted", added: 0, removed: 1 },
    ],
  ],
  [
    "renames one, which is to make what it deletes",
    bash(
      { filePath: "/old.ts", deleted: true, hunks: [hunk("-a", "-b")] },
      { filePath: "/new.ts", created: true, hunks: [hunk("+a", "+b")] },
    ),
    [
      { path: "/old.ts", change: "deleted", added: 0, removed: 2 },
      { path: "/new.ts", change: "renamed", added: 2, removed: 0 },
    ],
  ],
  ["touches what has no path", bash({ hunks: [hunk("+a")] }), []],
])("a command that %s", (_, result, edits) => expect(editsOfResult({ ...result }, none)).toEqual(edits));

test.each<[string, string, object, string, object | undefined]>([
  [
    "an edit",
    "Edit",
    { file_path: "/a.ts", old_string: "a", new_string: "a\nb" },
    "",
    { change: "changed", added: 1, removed: 0 },
  ],
  // The client takes blanks off the ends of lines, save in Markdown, where they mean something.
  [
    "one that only adds blanks",
    "Edit",
    { file_path: "/a.ts", old_string: "a\nb", new_string: "a  \nb" },
    "",
    { added: 0, removed: 0 },
  ],
  [
    "the same in Markdown",
    "Edit",
    { file_path: "/a.md", old_string: "a\nb", new_string: "a  \nb" },
    "",
    { added: 1, removed: 1 },
  ],
  [
    "several at once",
    "MultiEdit",
    {
      file_path: "/a.ts",
      edits: [
        { old_string: "a", new_string: "b" },
        { old_string: "c", new_string: "c\nd" },
      ],
    },
    "",
    { change: "changed", added: 2, removed: 1 },
  ],
  [
    "a new file",
    "Write",
    { file_path: "/a.ts", content: "a\nb\n" },
    "File created successfully at: /a.ts",
    { change: "created", added: 2, removed: 0 },
  ],
  [
    "an old one anew",
    "Write",
    { file_path: "/a.ts", content: "a\n" },
    "The file /a.ts has been updated.",
    { change: "changed", added: 1, removed: 0 },
  ],
  [
    "a cell",
    "NotebookEdit",
    { notebook_path: "/a.ipynb", new_source: "a\nb" },
    "",
    { change: "changed", added: 2, removed: 0 },
  ],
  [
    "a cell that goes",
    "NotebookEdit",
    { notebook_path: "/a.ipynb", edit_mode: "delete" },
    "",
    { change: "changed", added: 0, removed: 1 },
  ],
  ["no path", "Edit", { old_string: "a", new_string: "b" }, "", undefined],
])("by what was asked for: %s", (_, tool, input, said, edit) => {
  const found = editOfInput(tool, { ...input }, said);
  if (edit) expect(found).toMatchObject(edit);
  else expect(found).toBeUndefined();
});

test.each<[string, string, object, string, object]>([
  [
    "a file written anew",
    "Write",
    { content: "a\nx\nc\n" },
    "a\nb\nc\n",
    { change: "changed", added: 1, removed: 1 },
  ],
  [
    "every place of several",
    "Edit",
    { old_string: "a", new_string: "x\ny", replace_all: true },
    "a\nb\na",
    { added: 4, removed: 2 },
  ],
  // What is replaced is not in what was shown, so that it is no longer as it was.
  [
    "what was not there",
    "Edit",
    { old_string: "q", new_string: "x\ny", replace_all: true },
    "a",
    { added: 2, removed: 1 },
  ],
  ["one place", "Edit", { old_string: "a", new_string: "x\ny" }, "a\nb\na", { added: 2, removed: 1 }],
])("where the file was shown before, it counts what changed in it: %s", (_, tool, input, before, edit) => {
  expect(editOfInput(tool, { file_path: "/a.ts", ...input }, "", before)).toMatchObject(edit);
});

test("a new file's lines are counted also where the text was cut short", () => {
  const content = "a line of a long file\n".repeat(2000);
  const bytes = Buffer.from(JSON.stringify({ type: "create", filePath: "/a.ts", content }));
  const [edit] = editsOfResult(JSON.parse(shorten(bytes)), bytes);
  expect(edit?.added).toBe(2000);
});
