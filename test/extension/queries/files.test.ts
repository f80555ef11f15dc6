import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import type { FileChange } from "../../../extension/protocol.ts";
import { resultLine, toolLine } from "../../lines.ts";
import { MAIN, recorded } from "./recorded.ts";

let calls = 0;
const result = (toolUseResult: object, name = "Edit", input: object = {}) => {
  const id = `t${++calls}`;
  return toolLine(id, name, input) + resultLine(id, false, { toolUseResult });
};
const edit = (filePath: string, added: number, removed: number) =>
  result(
    { filePath, structuredPatch: [{ lines: [...Array(added).fill("+a"), ...Array(removed).fill("-b")] }] },
    "Edit",
    { file_path: filePath },
  );
const create = (filePath: string, lines: number) =>
  result({ filePath, type: "create", content: "a\n".repeat(lines) }, "Write", { file_path: filePath });
const bash = (...files: object[]) => result({ bashEditDiff: { files } }, "Bash", { command: "sed -i …" });
const hunks = (added: number, removed: number) => [
  { lines: [...Array(added).fill("+a"), ...Array(removed).fill("-b")] },
];
const gone = (filePath: string, lines: number) => bash({ filePath, deleted: true, hunks: hunks(0, lines) });

test.each<[string, string[], Partial<FileChange>[]]>([
  ["one edit", [edit("/a.ts", 3, 1)], [{ path: "/a.ts", added: 3, removed: 1, status: "changed" }]],
  [
    "two edits of a file",
    [edit("/a.ts", 3, 1), edit("/a.ts", 1, 2)],
    [{ path: "/a.ts", added: 4, removed: 3, status: "changed" }],
  ],
  [
    "two files, by their names",
    [edit("/b.ts", 1, 0), edit("/a.ts", 1, 0)],
    [{ path: "/a.ts" }, { path: "/b.ts" }],
  ],
  // As git would say in the end.
  ["a new file", [create("/a.ts", 5)], [{ path: "/a.ts", added: 5, removed: 0, status: "created" }]],
  [
    "a new file that was edited",
    [create("/a.ts", 5), edit("/a.ts", 2, 3)],
    [{ path: "/a.ts", added: 4, removed: 0, status: "created" }],
  ],
  ["a file that is gone", [gone("/a.ts", 5)], [{ path: "/a.ts", added: 0, removed: 5, status: "deleted" }]],
  [
    "one that was edited before it went",
    [edit("/a.ts", 2, 0), gone("/a.ts", 7)],
    [{ added: 0, removed: 5, status: "deleted" }],
  ],
  ["one that came and went", [create("/a.ts", 5), gone("/a.ts", 5)], []],
  [
    "one that was renamed",
    [
      bash(
        { filePath: "/old.ts", deleted: true, hunks: hunks(0, 2) },
        { filePath: "/new.ts", created: true, hunks: [{ lines: ["+b", "+b"] }] },
      ),
    ],
    [
      { path: "/new.ts", added: 2, removed: 0, status: "renamed" },
      { path: "/old.ts", added: 0, removed: 2, status: "deleted" },
    ],
  ],
  [
    "a command that changed two",
    [bash({ filePath: "/a.ts", hunks: hunks(1, 1) }, { filePath: "/b.ts", hunks: hunks(2, 0) })],
    [
      { path: "/a.ts", added: 1, removed: 1 },
      { path: "/b.ts", added: 2, removed: 0 },
    ],
  ],
  ["none", [], []],
])("files of a session: %s", async (_, lines, files) => {
  await using store = await recorded({ [MAIN]: toolLine("t0", "Bash", {}) + lines.join("") });
  expect(store.session().files).toMatchObject(files);
  expect(store.session().files).toHaveLength(files.length);
});

test.each([
  [1, ""],
  [2, "/a.ts"],
] as const)("when the transcript is gone tier %i knows the path %j", async (tier, path) => {
  await using store = await recorded({ [MAIN]: edit("/a.ts", 1, 0) }, tier);
  rmSync(store.at(MAIN));
  expect(store.session().files).toMatchObject([{ path, added: 1 }]);
});
