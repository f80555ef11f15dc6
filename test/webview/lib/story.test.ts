import { expect, test } from "vitest";
import { storyOf, timesOf } from "../../../webview/lib/story.ts";
import { prompt, session, step } from "../session.ts";

const failed = { status: "failed", failure: { type: "tool", code: "exit_code" } } as const;

test("the same call after it failed is a retry, and solves what failed when it goes well", () => {
  const story = storyOf(
    session([
      prompt("u1", "Fix", [
        step("a", { target: "npm test", ...failed }),
        step("b", { target: "npm run lint", ...failed }),
        step("c", { target: "npm test", ...failed }),
      ]),
      prompt("u2", "Go on", [step("d", { target: "npm test" }), step("e", { target: "npm test" })]),
    ]),
  );
  expect([...story.retryOf].map(([id, { id: of }]) => [id, of])).toEqual([
    ["c", "a"],
    ["d", "c"],
  ]);
  expect([...story.solved]).toEqual(["a", "c"]);
});

test("when the model answers after it was asked again, all is well", () => {
  const retry = { kind: "retry", name: null, failure: { type: "model", code: "overloaded" } } as const;
  const answer = { kind: "response", name: null, requestId: "r" } as const;
  const steps = [
    step("a", retry),
    step("b", { ...retry, agentId: "x" }),
    step("c", retry),
    step("d", answer),
  ];
  expect([...storyOf(session([prompt("u1", "Fix", steps)])).solved]).toEqual(["a", "c"]);
});

test("time is the agent's while it answers, and the user's between two prompts", () => {
  const times = timesOf(
    session([
      prompt("u1", "Fix", [], { startedAt: 0, endedAt: 60 }),
      prompt("u2", "Go on", [], { startedAt: 100, endedAt: 130 }),
    ]),
  );
  expect(times).toEqual({ active: 90, waiting: 40 });
});
