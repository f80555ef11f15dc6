import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import { resultLine, SESSION, toolLine } from "../../lines.ts";
import { captured, MAIN, recorded } from "./recorded.ts";

const OTHER = "11111111-0000-4000-8000-000000000001";
const edit = (id: string, filePath: string, added: number, more: object = {}) =>
  toolLine(id, "Edit", { file_path: filePath }, more) +
  resultLine(id, false, {
    toolUseResult: { filePath, structuredPatch: [{ lines: Array(added).fill("+a") }] },
    ...more,
  });
const FILES = {
  [MAIN]: edit("t1", "/a.ts", 1) + edit("t2", "/b.ts", 2) + edit("t3", "/a.ts", 3),
  [`projects/shop/${OTHER}.jsonl`]: edit("t4", "/a.ts", 4, { sessionId: OTHER }),
};

test.each([
  ["a file, by all sessions", { file: "/a.ts" }, ["t4 /a.ts", "t3 /a.ts", "t1 /a.ts"]],
  ["a session's", { session: SESSION }, ["t3 /a.ts", "t2 /b.ts", "t1 /a.ts"]],
  ["a file in a session", { session: SESSION, file: "/a.ts" }, ["t3 /a.ts", "t1 /a.ts"]],
  ["no more than wanted", { file: "/a.ts", limit: 2 }, ["t4 /a.ts", "t3 /a.ts"]],
  ["a file that nobody changed", { file: "/c.ts" }, []],
  ["a session that is not known", { session: "nobody" }, []],
])("the last edit stands first: %s", async (_, wanted, edits) => {
  await using store = await recorded(FILES);
  expect(store.edits(wanted).map(({ stepId, path }) => `${stepId} ${path}`)).toEqual(edits);
});

test("an edit tells who did what", async () => {
  await using store = await recorded(FILES);
  expect(store.edits({ file: "/a.ts", limit: 1 })).toEqual([
    {
      ...{ sessionId: OTHER, stepId: "t4", agentId: null, at: expect.any(Number) },
      ...{ path: "/a.ts", status: "changed", added: 4, removed: 0 },
    },
  ]);
});

test("who changed a file is known when the transcripts are gone, but not which others a session changed", async () => {
  await using store = await recorded(FILES);
  rmSync(store.at(MAIN));
  expect(store.edits({ file: "/a.ts" }).map(edit => edit.path)).toEqual(["/a.ts", "/a.ts", "/a.ts"]);
  expect(store.edits({ session: SESSION }).map(edit => edit.path)).toEqual(["", "", ""]);
});

test("a folder that is not read any more does not count", async () => {
  await using store = await recorded(FILES);
  store.db.run("update source set path = '/elsewhere' || path");
  expect(store.edits({ file: "/a.ts" })).toEqual([]);
});

test("of real sessions every edit is told, with its path", async () => {
  await using store = await recorded(
    await captured("edit-kinds", "simple-edit-commit", "subagent-background"),
  );
  for (const row of store.sessions.list()) {
    const edits = store.edits({ session: row.id });
    expect(edits).toHaveLength(row.edits);
    for (const { path, stepId } of edits)
      expect(store.edits({ file: path }).map(edit => edit.stepId)).toContain(stepId);
  }
  expect(store.sessions.list().some(row => row.edits > 3)).toBe(true);
});
