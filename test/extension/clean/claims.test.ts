import { expect, test } from "vitest";
import { claimsOf } from "../../../extension/clean/claims.ts";

const REVISION = "a".repeat(40);

const record = (more: object = {}, conversation: object = {}) =>
  JSON.stringify({
    ...{ version: "0.1.0", id: "1", timestamp: "2026-11-01T10:00:00Z" },
    ...{ vcs: { type: "git", revision: REVISION }, tool: { name: "claude-code" } },
    files: [
      {
        path: "a.ts",
        conversations: [
          {
            contributor: { type: "ai", model_id: "openai/gpt-5" },
            ranges: [{ start_line: 2, end_line: 4 }],
            ...conversation,
          },
        ],
      },
    ],
    ...more,
  });

test("what a record claims", () => {
  const by = {
    kind: "ai",
    name: "Claude Code",
    model: "gpt-5",
    url: null,
    at: Date.parse("2026-11-01T10:00:00Z"),
  };
  const claim = { path: "a.ts", start: 2, end: 4, by, revision: REVISION, hash: undefined, of: "either" };
  expect(claimsOf(record())).toEqual([claim]);
  expect(claimsOf(record({ version: "1.0" }))).toEqual([{ ...claim, of: "next" }]);
});

test.each<[string, object, object]>([
  ["a person", { contributor: { type: "human" } }, { kind: "human", name: "", model: null }],
  [
    "a range's own author",
    { ranges: [{ start_line: 2, end_line: 3, contributor: { type: "mixed", model_id: "m" } }] },
    { kind: "mixed", model: "m" },
  ],
  ["an address of the web", { url: "https://a.example/c?q=1" }, { url: "https://a.example/c?q=1" }],
  ["no file of a machine", { url: "file:///home/sam/a.jsonl" }, { url: null }],
  ["no script", { url: "javascript:alert(1)" }, { url: null }],
  ["no name that acts", { contributor: { type: "ai", model_id: "a\u202eb\nc" } }, { model: "a b c" }],
])("%s", (_, conversation, by) => {
  expect(claimsOf(record({}, conversation))?.[0]?.by).toMatchObject(by);
});

test.each<[string, string, unknown[] | undefined]>([
  ["no JSON", "{", undefined],
  ["no object", "[]", undefined],
  ["no files", '{"version":"0.1.0"}', undefined],
  ["no version", '{"files":[]}', undefined],
  ["no revision", record({ vcs: { type: "jj", revision: "x" } }), []],
  ["a revision that is an option", record({ vcs: { type: "git", revision: "--output=x" } }), []],
  ["our own", record({ tool: { name: "agent-trace-vscode" } }), []],
  ["nobody known", record({}, { contributor: { type: "unknown" } }), []],
  [
    "lines that are none",
    record(
      {},
      {
        ranges: [
          { start_line: 0, end_line: 2 },
          { start_line: 3, end_line: 2 },
          { start_line: "1", end_line: null },
          7,
        ],
      },
    ),
    [],
  ],
  ["an event that is no edit", record({}, { ranges: [{ start_line: 1, end_line: 1 }] }), []],
])("nothing is claimed by %s", (_, json, claims) => expect(claimsOf(json)).toEqual(claims));
