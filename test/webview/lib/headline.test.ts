import { expect, test } from "vitest";
import type { Step } from "../../../extension/protocol.ts";
import { headlineOf, runHeadline } from "../../../webview/lib/headline.ts";
import { storyOf } from "../../../webview/lib/story.ts";
import { prompt, session, step } from "../session.ts";

const project = "/home/sam/dev/shop";
const line = (more: Partial<Step>) => {
  const one = step("t", more);
  const { lead, code, strong, said, aside } = headlineOf(one, storyOf(session([prompt("u", "Fix", [one])])));
  return [lead, code, strong, said, aside].filter(Boolean).join(" | ");
};

test.each<[Partial<Step>, string]>([
  [{ target: "npm test\nnpm run lint" }, "npm test"],
  [{ name: "Read", target: `${project}/src/cart.ts` }, "Read | src/ | cart.ts"],
  [{ name: "Edit", target: "/elsewhere/a.ts" }, "/elsewhere/ | a.ts"],
  [{ name: "Grep", target: "total" }, "Searched for | total"],
  [{ name: "mcp__rig__lookup", target: "42" }, "lookup | 42 | rig"],
  [{ name: "Unknown", target: null }, "Unknown"],
  [{ name: "Bash", target: null }, "Bash"],
  [{ name: "Write", target: null }, "Write"],
  [{ kind: "thinking", name: null }, "Thought | not recorded"],
  [{ kind: "thinking", name: null, saidBytes: 9 }, "Thought"],
  [{ kind: "response", name: null, target: "It is **fixed**." }, "It is **fixed**."],
  [
    { kind: "error", name: null, failure: { type: "model", code: "rate_limited" }, status: "failed" },
    "The model could not answer | rate limited",
  ],
])("%j is told as %s", (more, told) => expect(line(more)).toBe(told));

test("a run of which nobody knows what was read says that something was", () => {
  const reads = ["a", "b"].map(name => step(name, { name: "Read" }));
  expect(runHeadline(reads)).toEqual({ lead: "Read files", aside: "" });
});

test("a run says how much was read, and what", () => {
  const files = ["a", "b", "c", "d", "d"].map(name => step(name, { name: "Read", target: `/p/${name}.ts` }));
  expect(runHeadline([...files, step("g", { name: "Grep", target: "x" })])).toEqual({
    lead: "Read 4 files, searched 1 time",
    aside: "a.ts, b.ts, c.ts, 1 more",
  });
});
