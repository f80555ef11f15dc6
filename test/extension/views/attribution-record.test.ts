import { expect, test } from "vitest";
import type { Blame, BlamedStep } from "../../../extension/questions.ts";
import { isNewCommit, recordOf } from "../../../extension/views/attribution-record.ts";

const made = {
  id: "5b3f3c0e-8a41-4c2e-9d53-0b8f6f3f2a10",
  at: new Date("2026-11-21T10:00:00Z"),
  version: "0.1.0",
};
const step = (stepId: string, model: string | null): BlamedStep => ({
  ...{
    sessionId: "s",
    stepId,
    promptId: "p",
    agentId: null,
    at: 1,
    title: "Secret title",
    prompt: "Secret prompt",
  },
  ...{ costUsd: 0.04, model },
});
const blame: Blame = {
  spans: [
    { start: 0, count: 2, step: 0 },
    { start: 5, count: 1, step: 1 },
    { start: 9, count: 3, step: 0 },
  ],
  steps: [step("t1", "claude-opus-5-5"), step("t2", null)],
  others: [],
};
const NOTHING: Blame = { spans: [], steps: [], others: [] };

test("a record names lines from 1 on, by the model that wrote them, and files without any are left out", () => {
  const record = recordOf(
    {
      revision: "a".repeat(40),
      files: [
        { path: "src/a.ts", blame },
        { path: "b.ts", blame: NOTHING },
      ],
    },
    made,
  );
  expect(record?.files).toEqual([
    {
      path: "src/a.ts",
      conversations: [
        {
          contributor: { type: "ai", model_id: "anthropic/claude-opus-5-5" },
          ranges: [
            { start_line: 1, end_line: 2 },
            { start_line: 10, end_line: 12 },
          ],
        },
        { contributor: { type: "ai" }, ranges: [{ start_line: 6, end_line: 6 }] },
      ],
    },
  ]);
});

test("it has no field that a strict reader does not know, and no word of what was said", () => {
  const record = recordOf({ revision: "a".repeat(40), files: [{ path: "a.ts", blame }] }, made);
  expect(Object.keys(record ?? {}).sort()).toEqual([
    "files",
    "id",
    "metadata",
    "timestamp",
    "tool",
    "vcs",
    "version",
  ]);
  expect(record).toMatchObject({
    version: expect.stringMatching(/^[0-9]+\.[0-9]+\.[0-9]+$/),
    timestamp: "2026-11-21T10:00:00.000Z",
    vcs: { type: "git", revision: "a".repeat(40) },
    tool: { name: "agent-trace-vscode", version: "0.1.0" },
  });
  expect(Object.keys(record?.metadata ?? {})).toEqual(["dev.agent-trace.vscode"]);
  expect(JSON.stringify(record)).not.toContain("Secret");
});

test("a commit of people alone has none", () => {
  expect(recordOf({ revision: "a", files: [{ path: "b.ts", blame: NOTHING }] }, made)).toBeUndefined();
});

test.each<[string, string[], number, boolean]>([
  ["a commit that was just made", ["a"], 1000, true],
  ["one that was checked out or pulled", ["b"], 1000, false],
  ["one of long ago, such as one gone forward to", ["a"], 100_000, false],
  ["the first one", [], 1000, false],
])("%s is new or not", (_, parents, age, isNew) => {
  const now = Date.now();
  expect(isNewCommit({ parents, commitDate: new Date(now - age) }, "a", now)).toBe(isNew);
});
