import { expect, test } from "vitest";
import { grown, growthOf } from "../../../extension/base/growth.ts";
import type { Session } from "../../../extension/protocol.ts";
import { prompt, session, step } from "../../webview/session.ts";

const first = prompt("u1", "Fix it.", [step("t1"), step("t2", { status: "running" }), step("t3")]);
const before = session([first, prompt("u2", "Test it.", [step("t4")])]);
const [, second] = before.prompts as [typeof first, typeof first];

const more = [...second.steps, step("t5")];
const ended = [step("t1"), step("t2"), step("t3")];

// With what is told of: the steps from the first that changed.
test.each<[string, Session, string[]]>([
  ["nothing", before, []],
  ["a step at the end", session([first, { ...second, steps: more }]), ["t5"]],
  ["a step that ended among others", session([{ ...first, steps: ended }, second]), ["t2", "t3"]],
  ["a prompt", session([...before.prompts, prompt("u3", "Thanks.", [step("t6")])]), ["t6"]],
  ["a prompt that went", session([first]), []],
  ["another title", session(before.prompts, { title: "Fixed" }), []],
])("%s is told with no more steps than it takes", (_, now, steps) => {
  const growth = growthOf(before, now, 2);
  expect(growth.prompts.items.flatMap(prompt => prompt.steps.items).map(({ id }) => id)).toEqual(steps);
  expect(grown(before, growth)).toEqual(now);
});

test("who holds nothing is told everything", () => {
  expect(grown(undefined, growthOf(undefined, before, 1))).toEqual(before);
});

test("what did not change stays the same object, so that it need not be drawn again", () => {
  const now = session([first, { ...second, steps: more }]);
  const after = grown(before, growthOf(before, now, 2));
  expect(after.prompts[0]).toBe(before.prompts[0]);
  expect(after.prompts[1]?.steps[0]).toBe(second.steps[0]);
});
