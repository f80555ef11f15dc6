import { expect, test } from "vitest";
import { NO_FILTER } from "../../../webview/lib/filter.ts";
import { type Deed, deedOf, type Move } from "../../../webview/lib/keys.ts";
import { rowsOf } from "../../../webview/lib/rows.ts";
import { storyOf } from "../../../webview/lib/story.ts";
import { rowFinder, stepAt, walk } from "../../../webview/lib/walk.ts";
import { prompt, session, step } from "../session.ts";

const failed = { status: "failed", failure: { type: "tool", code: "exit_code" } } as const;
const story = storyOf(
  session(
    [
      prompt("u1", "Fix", [
        step("a", { name: "Read", startedAt: 10 }),
        step("b", { name: "Read", startedAt: 20 }),
        step("c", { startedAt: 30, ...failed }),
      ]),
      prompt("u2", "Go on", [
        step("d", { name: "Agent", startedAt: 40 }),
        step("e", { agentId: "x", startedAt: 50 }),
        step("f", { name: "Edit", startedAt: 60 }),
      ]),
    ],
    { subagents: [{ id: "x", type: null, parentStepId: "d", toolCalls: 1, costUsd: 0 }] },
  ),
);
const rows = rowsOf(story, NO_FILTER, {});

test.each<[from: string | null, Move["to"], by: 1 | -1, to: string | undefined]>([
  [null, "step", 1, "run:a"],
  [null, "step", -1, "f"],
  ["c", "step", 1, "d"],
  ["run:a", "step", -1, undefined],
  ["c", "prompt", 1, "prompt:u2"],
  ["d", "prompt", -1, "prompt:u2"],
  ["f", "error", -1, "c"],
  ["c", "edit", 1, "f"],
  ["c", "end", -1, "prompt:u1"],
])("from %s to the %s %d: %s", (from, to, by, id) => expect(walk(rows, from, { to, by })?.id).toBe(id));

test.each([
  ["a", "run:a"],
  ["b", "run:a"],
  ["e", "d"],
  ["f", "f"],
  ["nowhere", undefined],
])("step %s is to be seen in row %s", (id, row) => expect(rowFinder(rows, story)(id)?.id).toBe(row));

test.each([
  [0, undefined],
  [10, "a"],
  [29, "b"],
  [999, "f"],
])("at %d the last step is %s", (time, id) => expect(stepAt(story.steps, time)?.id).toBe(id));

const press = (key: string, html = "", more: object = {}): Deed | undefined => {
  document.body.innerHTML = html;
  const target = document.querySelector("[data-target]") ?? document.body;
  return deedOf({ ...{ key, ctrlKey: false, metaKey: false, altKey: false, target }, ...more });
};

test.each<[string, Deed | undefined, Deed | undefined]>([
  ["on the page", press("j"), { to: "step", by: 1 }],
  ["with Ctrl, the editor's", press("j", "", { ctrlKey: true }), undefined],
  ["in a field, a letter", press("j", "<input data-target>"), undefined],
  ["in a field, out of it", press("Escape", "<input data-target>"), "leave"],
  ["Enter on a button, its own", press("Enter", "<button data-target>"), undefined],
  ["space on a step, play", press(" ", "<button data-target data-head>"), "play"],
  ["arrows on the scrubber, its own", press("ArrowRight", "<div role=slider data-target>"), undefined],
  ["an unknown one", press("q"), undefined],
  ["the name of a method", press("constructor"), undefined],
])("a key %s", (_, deed, expected) => expect(deed).toEqual(expected));
