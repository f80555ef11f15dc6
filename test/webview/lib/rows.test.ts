import { expect, test } from "vitest";
import type { Step } from "../../../extension/protocol.ts";
import { type Filter, NO_FILTER } from "../../../webview/lib/filter.ts";
import { type Opened, type Row, rowsOf } from "../../../webview/lib/rows.ts";
import { storyOf } from "../../../webview/lib/story.ts";
import { prompt, session, step } from "../session.ts";

const failed = { status: "failed", failure: { type: "tool", code: "exit_code" } } as const;
const read = (id: string, more: Partial<Step> = {}) =>
  step(id, { name: "Read", target: `/p/${id}.ts`, ...more });
const steps = [
  read("a"),
  step("th", { kind: "thinking", name: null }),
  step("b", { name: "Grep", target: "total" }),
  step("c", { name: "Edit", target: "/p/cart.ts", added: 2 }),
  read("d"),
  step("e", { target: "npm test", ...failed }),
  step("f", { name: "Agent", target: "look around" }),
  read("g", { agentId: "x" }),
  step("h", { agentId: "x", target: "npm test", ...failed }),
];
const subagents = [{ id: "x", type: "Explore", parentStepId: "f", toolCalls: 2, costUsd: 0 }];
const story = storyOf(session([prompt("u1", "Fix", steps), prompt("u2", "Thanks", [])], { subagents }));

/** A row in short: what it is, how deep it lies, and whether it is open. */
const short = (row: Row) =>
  row.kind === "prompt" ? `# ${row.number}` : `${"  ".repeat(row.depth)}${row.id}${row.open ? " open" : ""}`;
const shown = (filter: Partial<Filter>, opened: Opened = {}, flat = false) =>
  rowsOf(story, { ...NO_FILTER, ...filter }, opened, flat).map(short);

test.each<[string, Partial<Filter>, Opened, string[]]>([
  [
    "reading folds, what failed and what changed is open",
    {},
    {},
    ["# 1", "run:a", "c open", "d", "e open", "f", "# 2"],
  ],
  [
    "a run opens into its steps",
    {},
    { "run:a": true },
    ["# 1", "run:a open", "  a", "  th", "  b", "c open", "d", "e open", "f", "# 2"],
  ],
  [
    "a call opens into its sub-agent",
    {},
    { f: true, c: false, "run:a": false },
    ["# 1", "run:a", "c", "d", "e open", "f open", "  g", "  h open", "# 2"],
  ],
  [
    "a chip keeps the chapters that have something",
    { chosen: "errors" },
    {},
    ["# 1", "e open", "f", "  h open"],
  ],
  ["words are looked for in all that is told", { text: "NPM te" }, {}, ["# 1", "e open", "f", "  h open"]],
  ["both together", { chosen: "edits", text: "npm" }, {}, []],
])("%s", (_, filter, opened, rows) => expect(shown(filter, opened)).toEqual(rows));

test("flat, every step has a closed row of its own", () => {
  expect(shown({}, {}, true)).toEqual(["# 1", "a", "th", "b", "c", "d", "e", "f", "  g", "  h", "# 2"]);
});

test("what a sub-agent did whose call is not known is not lost", () => {
  const lost = storyOf(session([prompt("u1", "Fix", [read("a", { agentId: "gone" })])]));
  expect(rowsOf(lost, NO_FILTER, {}).map(short)).toEqual(["# 1", "a"]);
});
