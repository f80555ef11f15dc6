import { expect, test } from "vitest";
import type { Prompt, Step } from "../../../extension/protocol.ts";
import { promptLabel, promptSum, stepIcon, stepLabel, stepSum } from "../../../extension/views/step-row.ts";
import { agent, now, prompt, step } from "./rows.ts";

const failed = { status: "failed", failure: { type: "tool", code: "exit_code" } } as const;

test.each<[string, Partial<Step>, string, string, string]>([
  ["a command", { target: "npm test", durationMs: 4100 }, "npm test", "Bash · 4.1 s", "terminal"],
  ["an edit", { name: "Edit", target: "/a/b.ts", added: 3, removed: 1 }, "b.ts", "Edit · +3 −1", "edit"],
  ["one that failed", { target: "npm test", ...failed }, "npm test", "Bash · failed: exit_code", "terminal"],
  [
    "one that was denied",
    { target: "rm a", status: "denied", failure: { type: "permission", code: "denied" } },
    ...(["rm a", "Bash · denied", "terminal"] as const),
  ],
  [
    "you",
    { kind: "interruption", name: null, status: "interrupted" },
    "Interrupted by you",
    "",
    "debug-stop",
  ],
  ["one at work", { target: "npm test", status: "running" }, "npm test", "Bash", "loading~spin"],
  ["a tool without words", { name: "Stop" }, "Stop", "", "tools"],
  ["an answer", { kind: "response", name: null, target: "It is fixed." }, "It is fixed.", "", "comment"],
  ["an answer not told", { kind: "response", name: null }, "Answer", "", "comment"],
  ["an error", { kind: "error", name: null, ...failed }, "The service failed", "failed: exit_code", "error"],
  ["compaction", { kind: "compaction", name: null }, "The context was compacted", "", "fold"],
  ["the client's command", { kind: "command", name: "/cost", target: "/cost" }, "/cost", "", "chevron-right"],
])("%s", (_, more, label, sum, icon) => {
  const some = step("t1", more);
  expect([stepLabel(some), stepSum(some, undefined), stepIcon(some)]).toEqual([label, sum, icon]);
});

test("a call that started a sub-agent tells which, and what it cost", () => {
  const call = step("t1", { name: "Agent", target: "Look around", durationMs: 60_000 });
  expect(stepSum(call, agent("a1", "t1", { costUsd: 0.31 }))).toBe("Agent · Explore · $0.31 · 1 min");
});

test.each<[string, Partial<Prompt>, Step[], string]>([
  ["nothing came of it", {}, [], ""],
  [
    "all there is",
    { costUsd: 0.31, endedAt: now + 240_000 },
    [
      step("a", { added: 12, removed: 2 }),
      step("b", { removed: 1 }),
      step("c", failed),
      step("d", { status: "denied", failure: { type: "permission", code: "denied" } }),
    ],
    "$0.31 · 4 min · +12 −3 · 2 errors",
  ],
  ["one error", {}, [step("c", failed)], "1 error"],
])("prompt: %s", (_, more, steps, sum) => expect(promptSum(prompt(steps, more))).toBe(sum));

test.each([
  ["Fix it.\nNow.", "Fix it."],
  ["  ", "(nothing was written)"],
])("%j is labelled %j", (text, label) => expect(promptLabel(prompt([], { text }))).toBe(label));
