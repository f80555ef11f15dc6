import { expect, test } from "vitest";
import type { Fact } from "../../../extension/clean/facts.ts";
import type { Memory } from "../../../extension/clean/memory.ts";
import { answerLine, line, resultLine, SESSION, smallSession, toolLine, userLine } from "../../lines.ts";
import { interpret, interpreterOf, linesOf } from "./interpret.ts";

test("a session's facts, in the order of its lines; what every line says comes once, at the end", () => {
  const { facts, lines, skipped, unknown } = interpret(smallSession() + answerLine("Done."));
  expect([lines, skipped, [...unknown]]).toEqual([7, 0, []]);
  expect(facts.map(fact => fact.kind)).toEqual([
    "title",
    ...["prompt", "title"],
    ...["prompt", "request", "step"], // the answer tells in which session the prompt was asked
    "result",
    ...["request", "step"],
    ...["result", "failure"],
    ...["request", "step"],
    ...["session", "session", "session", "session"],
  ]);
});

test.each([1, 2, 3] as const)(
  "facts hold places and ids, words only as content that the tier %i lets be",
  tier => {
    const text =
      userLine("the-prompt") +
      toolLine("toolu_1", "Bash", { command: "the-input" }) +
      resultLine("toolu_1", false, {}, "the-result") +
      answerLine("the-response");
    const { facts } = interpret(text, tier);
    const [words, rest] = [true, false].map(is =>
      JSON.stringify(facts.filter(fact => (fact.kind === "content") === is)),
    );
    const all = ["the-prompt", "the-input", "the-result", "the-response"];
    expect(all.filter(word => rest?.includes(word))).toEqual([]);
    expect(all.filter(word => words?.includes(word))).toEqual(all.slice(0, [0, 2, 4][tier - 1]));
  },
);

test("a path is kept from tier 2 on, else only its hash", () => {
  const result = { toolUseResult: { filePath: "/shop/cart.ts", type: "create", content: "a\n" } };
  const text = toolLine("toolu_1", "Write", {}) + resultLine("toolu_1", false, result);
  const files = ([1, 2] as const).map(
    tier => interpret(text, tier).facts.find(fact => fact.kind === "edit")?.file,
  );
  expect(files).toEqual([{ hash: "#/shop/cart.ts" }, { hash: "#/shop/cart.ts", path: "/shop/cart.ts" }]);
});

test.each([
  ["what is not JSON", '{"half\nnot json\n[]\n3\n', 4],
  ["a line that is cut in the middle", '{"type":"user","message":{"content":"ab\n', 1],
  ["a broken one in the shape of one", '{"type":"user",oops}\n', 1],
  ["blank lines, also as Windows writes them", "\n   \n\r\n", 0],
  ["lines that nothing is made of", '{"type":"file-history-snapshot"}\n{"type":"mode"}\n', 0],
  ["lines without a session", '{"type":"user","message":{"content":"Fix it."}}\n', 0],
])("skipped are of %s %j: %i", (_, text, skipped) => {
  const found = interpret(text);
  expect([found.facts, found.skipped, [...found.unknown]]).toEqual([[], skipped, []]);
});

test.each([
  ["a line's type", line({ type: "dream" }), "lines of type dream"],
  ["a type that stands at the end", line({ message: {}, type: "dream" }), "lines of type dream"],
  ["a line without one", line({}), "lines without a type"],
  ["a field", userLine("Fix it.", { mood: "good" }), "field mood of user lines"],
  ["a block", line({ type: "assistant", message: { content: [{ type: "dream" }] } }), "blocks of type dream"],
  ["a name of any length", line({ type: "x".repeat(999) }), `lines of type ${"x".repeat(66)}`],
])("what is not known is counted: %s", (_, text, what) => {
  expect([...interpret(text + text).unknown]).toEqual([[what, 2]]);
});

test("of a file that holds anything else no more than a hundred names are counted", () => {
  const text = Array.from({ length: 500 }, (_, i) => line({ type: `dream-${i}` })).join("");
  expect(interpret(text).unknown.size).toBe(100);
});

test.each([
  ["an attachment without interest", line({ attachment: { type: "todo" }, type: "attachment" })],
  ["a line of the client's own", line({ type: "progress", whatever: 1 })],
])("nothing is counted of %s", (_, text) => expect([...interpret(text).unknown]).toEqual([]));

test("fields of an unexpected type do no harm to the rest", () => {
  const odd = [
    { type: "custom-title", sessionId: SESSION, customTitle: 5 },
    { type: "user", sessionId: {}, cwd: [], uuid: 7, timestamp: 1, message: { content: [null, 3] } },
    {
      type: "user",
      sessionId: SESSION,
      cwd: [],
      uuid: 7,
      timestamp: "2026-11-20T10:00:00Z",
      message: "text",
    },
    {
      type: "assistant",
      sessionId: SESSION,
      timestamp: "2026-11-20T10:00:00Z",
      message: { id: 5, content: [{}], usage: 7 },
    },
    { type: "assistant", sessionId: SESSION, timestamp: "not a time", message: { id: "m", content: [] } },
    { type: "system", sessionId: SESSION, subtype: "api_error", uuid: null },
    { type: "pr-link", sessionId: SESSION, prUrl: ["x"] },
    { type: "attachment", sessionId: SESSION, attachment: "queued_command" },
  ];
  const { facts, skipped } = interpret(odd.map(fields => `${JSON.stringify(fields)}\n`).join(""));
  expect([skipped, new Set(facts.map(fact => fact.kind))]).toEqual([0, new Set(["session"])]);
});

test("reading can stop after any line and go on with what is remembered", () => {
  const text =
    userLine("Fix it.") +
    toolLine("toolu_1", "Edit", { file_path: "/a.ts", old_string: "a", new_string: "b\nc" }) +
    resultLine("toolu_1") +
    toolLine("toolu_2", "Bash", { command: "git commit -m Fix" }) +
    resultLine("toolu_2", false, {}, "[main abc1234] Fix") +
    answerLine("Done.");
  const lines = linesOf(text);
  const bare = (facts: object[]) => facts.filter(fact => (fact as { kind: string }).kind !== "session");
  const whole = bare(interpret(text).facts);
  for (let stop = 1; stop < lines.length; stop++) {
    const first = interpreterOf(text);
    const before = first.read(lines.slice(0, stop)).facts;
    const kept = JSON.parse(JSON.stringify(first.memory)) as Memory;
    const after = interpreterOf(text, 1, kept).read(lines.slice(stop)).facts;
    expect(bare([...before, ...after])).toEqual(whole);
  }
});

const LONG = "line of a long file\n".repeat(2000);
const FILES = " create mode 100644 src/file.ts\n".repeat(30);
const said = (input: object, name: string, output: string, result: object = {}) =>
  toolLine("toolu_1", name, input) + resultLine("toolu_1", false, { toolUseResult: result }, output);

test.each<[string, string]>([
  [
    "a file's text",
    said({ content: LONG }, "Write", LONG, { filePath: "/a.ts", type: "create", content: LONG }),
  ],
  [
    "a long prompt",
    userLine(LONG) + userLine(`<command-name>/fix</command-name><command-args>${LONG}</command-args>`),
  ],
  [
    "what a failed command printed",
    toolLine("toolu_1", "Bash", {}) + resultLine("toolu_1", true, {}, `Exit code 1\n${LONG}`),
  ],
  [
    "a commit, among much that was printed before and after",
    said(
      { command: "npm test; git commit -m Fix" },
      "Bash",
      `${LONG}[main abc1234] Fix\n 30 files changed\n${FILES}`,
    ),
  ],
  [
    "two commits, far from each other",
    said(
      { command: "git commit -m One; npm test; git commit -m Two" },
      "Bash",
      `[main abc1234] One\n${LONG}[main def5678] Two\n${FILES}`,
    ),
  ],
  [
    "a pull request, among much that was printed",
    said(
      { command: "gh pr create; npm test" },
      "Bash",
      `${LONG}https://github.com/acme/demo/pull/17\n${LONG}`,
    ),
  ],
])("long lines are read without their long texts, to the same facts: %s", (_, text) => {
  // With words kept nothing is left out, so that both ways must tell the same.
  const [short, whole] = ([1, 2] as const).map(tier =>
    interpret(text, tier).facts.filter(({ kind }) => kind !== "content"),
  );
  // What is left out is counted as it stands in the line, line ends as two letters.
  const bare = (facts: Fact[] = []) =>
    facts.map(fact =>
      fact.kind === "edit" ? { ...fact, file: 0 } : "size" in fact ? { ...fact, size: 0 } : fact,
    );
  expect(bare(short)).toEqual(bare(whole));
  const sizes = (facts: Fact[] = []) => facts.map(fact => ("size" in fact && fact.size) || 1);
  for (const [i, size] of sizes(short).entries())
    expect(Math.abs(size / (sizes(whole)[i] ?? 0) - 1)).toBeLessThan(0.1);
});
