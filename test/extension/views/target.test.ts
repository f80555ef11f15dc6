import { expect, test } from "vitest";
import type { Node } from "../../../extension/views/nodes.ts";
import { stepOf, type Target, targetOf, wantedOf } from "../../../extension/views/target.ts";

const session = { id: "s" };
const row = (node: object) => node as Node;
const LINK: Target = { session: "s", step: "t", path: "/a.ts" };

test.each<[string, Node | Target | undefined, Target | undefined]>([
  ["a session", row({ kind: "session", session }), { session: "s" }],
  ["a prompt", row({ kind: "prompt", session, prompt: { id: "p" } }), { session: "s", prompt: "p" }],
  ["a step", row({ kind: "step", session, nested: { step: { id: "t" } } }), { session: "s", step: "t" }],
  [
    "a call of a sub-agent, which is about all that it did",
    row({ kind: "step", session, nested: { step: { id: "t" }, agent: { id: "a" } } }),
    { session: "s", agent: "a" },
  ],
  ["a row of nothing", row({ kind: "more" }), undefined],
  ["a link", LINK, LINK],
  ["nothing", undefined, undefined],
])("what a command is about: %s", (_, arg, target) => expect(targetOf(arg)).toEqual(target));

test("the owner is asked for no more than it knows", () => {
  expect(wantedOf(LINK)).toEqual({ step: "t" });
  expect(wantedOf({ session: "s" })).toEqual({});
});

test("what is about a step says so when there is none", () => {
  expect(stepOf(LINK).step).toBe("t");
  expect(() => stepOf({ session: "s" })).toThrow("Choose a step in the Sessions view");
});
