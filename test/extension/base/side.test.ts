import { expect, test } from "vitest";
import { sideOf } from "../../../extension/base/side.ts";
import type { Side } from "../../../extension/pages.ts";
import type { Session } from "../../../extension/protocol.ts";
import { prompt, session, step } from "../../webview/session.ts";

const failed = { status: "failed", failure: { type: "tool", code: "exit_code" } } as const;
const request = { at: 0, agentId: null, durationMs: null, costUsd: 0, tokens: session([]).tokens };

/** Two prompts: one that looks and fails, one that edits two files, asks a sub-agent and commits. */
const WORK = session(
  [
    prompt(
      "p",
      "Look\ninto it",
      [
        step("a", { name: "Bash", durationMs: 400, requestId: "r1", ...failed }),
        step("b", { name: "Read", durationMs: 20, requestId: "r1" }),
        step("c", { kind: "response", name: null, requestId: "r1" }),
      ],
      { startedAt: 0, endedAt: 60 },
    ),
    prompt(
      "q",
      "Mend it",
      [
        step("d", { name: "Edit", target: "/a.ts", added: 3, removed: 1, requestId: "r2" }),
        step("e", { name: "Edit", target: "/a.ts", added: 1 }),
        step("f", { name: "Write", target: "/b.ts", added: 10, agentId: "x" }),
        step("g", { name: "Agent" }),
        step("h", { name: "Bash", durationMs: 100 }),
      ],
      { startedAt: 100, endedAt: 130 },
    ),
  ],
  {
    ...{ linesAdded: 15, linesRemoved: 2, models: ["claude-opus-5-5", "nobody-1"] },
    unpricedModels: ["nobody-1"],
    files: ["/a.ts", "/b.ts", "/c.ts"].map(path => ({ path, added: 1, removed: 0, status: "changed" })),
    commits: [
      { sha: "1", stepId: null, at: 0 },
      { sha: "2", stepId: "h", at: 0 },
    ],
    subagents: [{ id: "x", type: null, parentStepId: "g", toolCalls: 1, costUsd: 0 }],
    requests: [
      { ...request, id: "r1", model: "claude-opus-5-5" },
      { ...request, id: "r2", model: "nobody-1" },
    ],
  },
);

test.each<[string, string | undefined, Partial<Side>]>([
  [
    "a session",
    undefined,
    {
      ...{ costUsd: 0.5, activeMs: 90, waitingMs: 40, added: 15, removed: 2, well: true },
      ...{ steps: { n: 7, at: "a" }, errors: { n: 1, at: "a" }, files: { n: 3, at: "d" } },
      ...{ commits: { n: 2, at: "h" }, subagents: { n: 1, at: "g" }, unpricedModels: ["nobody-1"] },
    },
  ],
  [
    "a prompt that changed nothing",
    "p",
    {
      ...{ prompt: "p", activeMs: 60, waitingMs: null, added: 0, removed: 0, well: true },
      ...{ steps: { n: 2, at: "a" }, errors: { n: 1, at: "a" }, files: { n: 0, at: null } },
      ...{ commits: { n: 0, at: null }, subagents: { n: 0, at: null } },
      ...{ models: ["claude-opus-5-5"], unpricedModels: [] },
      prompts: [{ id: "p", text: "Look", costUsd: 0.5 }],
    },
  ],
  [
    "a prompt that changed two files",
    "q",
    {
      ...{ activeMs: 30, added: 14, removed: 1, files: { n: 2, at: "d" }, errors: { n: 0, at: null } },
      ...{ commits: { n: 1, at: "h" }, subagents: { n: 1, at: "g" } },
      ...{ models: ["nobody-1"], unpricedModels: ["nobody-1"] },
    },
  ],
])("what %s came to", (_, id, side) => expect(sideOf(WORK, id)).toMatchObject(side));

test("tools have their calls, failures and time, those that were called most often first", () => {
  expect(sideOf(WORK)?.tools).toEqual([
    { name: "Bash", n: 2, at: "a", failed: 1, ms: 500 },
    { name: "Edit", n: 2, at: "d", failed: 0, ms: 0 },
    { name: "Agent", n: 1, at: "g", failed: 0, ms: 0 },
    { name: "Read", n: 1, at: "b", failed: 0, ms: 20 },
    { name: "Write", n: 1, at: "f", failed: 0, ms: 0 },
  ]);
});

test.each<[string, Partial<Session>, string | undefined, boolean]>([
  ["a session that was ended", { status: "done" }, undefined, true],
  ["a session that waits for its user", { status: "waiting" }, undefined, true],
  ["a session at work", { status: "running" }, undefined, false],
  ["a session that failed", { status: "failed" }, undefined, false],
  ["the prompt it failed in", { status: "failed" }, "q", false],
  ["a prompt before that", { status: "failed" }, "p", true],
  ["a prompt nothing followed", { prompts: [prompt("p", "Hm", [])] }, "p", false],
  [
    "a prompt that was interrupted",
    { prompts: [prompt("p", "Hm", [step("i", { kind: "interruption", status: "interrupted" })])] },
    "p",
    false,
  ],
])("%s (%j) came to a good end: %4$s", (_, more, id, well) =>
  expect(sideOf({ ...WORK, ...more }, id)?.well).toBe(well),
);

test("a prompt that is not there is no side", () => expect(sideOf(WORK, "gone")).toBeUndefined());
