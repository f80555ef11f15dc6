import { expect, test } from "vitest";
import { answerLine, line, resultLine, SESSION, toolLine, userLine } from "../../lines.ts";
import { factsIn, interpret } from "./interpret.ts";

test("a prompt is told of, and again when it is answered, with its place; it may be the title", () => {
  const text = userLine("Fix it.", { uuid: "u1", promptId: "p1" });
  const spot = { offset: 0, length: text.length - 1 };
  expect(factsIn(text, "prompt", "title")).toMatchObject([
    { kind: "prompt", id: "u1", turn: "p1", rank: 0, spot },
    { kind: "title", spot },
  ]);
  const answered = factsIn(text + answerLine("Done.") + answerLine("Really."), "prompt");
  expect(answered).toMatchObject([{ rank: 0 }, { rank: 1, id: "u1", spot }]);
});

test.each([
  [
    "a command",
    userLine("<command-name>/clear</command-name>"),
    { type: "command", name: "/clear", status: "ok" },
  ],
  ["a shell escape", userLine("<bash-input>ls</bash-input>"), { type: "command", name: "!", status: "ok" }],
  [
    "an interruption",
    userLine("[Request interrupted by user]"),
    { type: "interruption", status: "interrupted" },
  ],
])("%s is a step of the prompt before", (_, text, step) => {
  const prompt = userLine("Fix it.", { uuid: "u1" });
  expect(factsIn(prompt + text, "step")).toMatchObject([{ kind: "step", prompt: "u1", ...step }]);
});

test.each([
  ["well", false, "…", {}, "ok", undefined],
  ["badly", true, "Exit code 1\nnpm test", {}, "failed", "exit_code"],
  [
    "not at all, by the user's choice",
    true,
    "The user doesn't want to proceed with this tool use.",
    {},
    "denied",
    "denied",
  ],
  ["not at all, by a rule", true, "…", { toolDenialKind: "permission-rule" }, "denied", "denied"],
  ["when the user stopped it", true, "…", { toolDenialKind: "interrupted" }, "interrupted", "interrupted"],
  [
    "with another that failed beside it",
    true,
    "Cancelled: parallel tool call Bash(ls) errored",
    {},
    "interrupted",
    "cancelled",
  ],
  [
    "not yet, in the background",
    false,
    "…",
    { toolUseResult: { backgroundTaskId: "b1" } },
    "running",
    undefined,
  ],
  ["not yet, as an agent", false, "…", { toolUseResult: { status: "async_launched" } }, "running", undefined],
])("a call ended %s", (_, isError, said, more, status, code) => {
  const call = toolLine("toolu_1", "Bash", { command: "npm test" });
  const text = call + resultLine("toolu_1", isError, more, said);
  const spot = {
    offset: Buffer.byteLength(call),
    length: Buffer.byteLength(text) - Buffer.byteLength(call) - 1,
  };
  expect(factsIn(text, "result", "failure")).toMatchObject([
    { kind: "result", step: "toolu_1", status, spot },
    ...(code ? [{ kind: "failure", step: "toolu_1", code }] : []),
  ]);
});

test.each([
  ["a command's", { durationMs: 120 }, 120],
  ["a sub-agent's", { totalDurationMs: 4000, durationMs: 1 }, 4000],
  ["one in words", { durationMs: "120" }, undefined],
  ["none", {}, undefined],
  ["that of the launch alone", { durationMs: 5, backgroundTaskId: "b1" }, undefined],
])("how long it took: %s", (_, toolUseResult, duration) => {
  const [result] = factsIn(resultLine("toolu_1", false, { toolUseResult }), "result");
  expect(result?.duration).toBe(duration);
});

const report = (status: string) =>
  `<task-notification><task-id>b1</task-id><tool-use-id>toolu_1</tool-use-id><status>${status}</status></task-notification>`;

test("what is typed while the agent works is a prompt, and what follows is its answer", () => {
  const attachment = { type: "queued_command", prompt: "And this.", commandMode: "prompt" };
  const typed = line({ attachment, type: "attachment", uuid: "u2" });
  const text = userLine("Fix it.", { uuid: "u1" }) + answerLine("I do.") + typed + answerLine("Both done.");
  expect(factsIn(text, "prompt").map(({ id, rank }) => [id, rank])).toEqual([
    ...[
      ["u1", 0],
      ["u1", 1],
    ],
    ...[
      ["u2", 0],
      ["u2", 1],
    ],
  ]);
  expect(factsIn(text, "step").map(({ prompt }) => prompt)).toEqual(["u1", "u2"]);
});

test.each([
  ["ended well", report("completed"), "ok", []],
  ["was killed", report("killed"), "interrupted", []],
  ["was stopped", report("stopped"), "interrupted", []],
  [
    "failed",
    report("failed"),
    "failed",
    [{ kind: "failure", step: "toolu_1", type: "tool", code: "background" }],
  ],
])("a background task that %s is told of by its report, typed or attached", (_, said, status, failures) => {
  const attached = line({ attachment: { type: "queued_command", prompt: said }, type: "attachment" });
  for (const text of [userLine(said), attached])
    expect(factsIn(text, "prompt", "result", "failure")).toMatchObject([
      { kind: "result", step: "toolu_1", status },
      ...failures,
    ]);
});

test("a report about nothing that is known says nothing", () => {
  const said = "<task-notification><summary>Done</summary></task-notification>";
  expect(factsIn(userLine(said), "result", "prompt")).toEqual([]);
});

const EDIT = { file_path: "/a.ts", old_string: "a", new_string: "b\nc" };
const patch = [{ lines: [" x", "-a", "+b", "+c", "+d"] }];

test.each([
  [
    "as its result says",
    { filePath: "/a.ts", structuredPatch: patch },
    { from: "transcript", added: 3, removed: 1 },
  ],
  ["as it was asked for, where no result says it", {}, { from: "inferred", added: 2, removed: 1 }],
])("an edit counts %s", (_, toolUseResult, expected) => {
  const text = toolLine("toolu_1", "Edit", EDIT) + resultLine("toolu_1", false, { toolUseResult });
  expect(factsIn(text, "edit")).toMatchObject([
    { step: "toolu_1", file: { hash: "#/a.ts" }, change: "changed", ...expected },
  ]);
});

const aside = { isSidechain: true, agentId: "a1" };
const shown = (input: object, said: string, more: object = aside) =>
  toolLine("toolu_0", "Read", { file_path: "/a.ts", ...input }, more) +
  resultLine("toolu_0", false, more, said);
const writes = (content: string) =>
  toolLine("toolu_1", "Write", { file_path: "/a.ts", content }, aside) + resultLine("toolu_1", false, aside);

// The results of a sub-agent's calls have no patch, so that its edits are worked out from what it was shown.
test.each([
  [
    "changed lines, of a file that it was shown whole",
    shown({}, "     1\ta\n     2\tb"),
    { added: 1, removed: 1 },
  ],
  ["the same as another client shows it", shown({}, "1→a\n2→b"), { added: 1, removed: 1 }],
  [
    "the same as earlier clients show it, with a word of theirs",
    shown({}, "     1→a\n     2→b\n\n<system-reminder>\nMind malware.\n</system-reminder>\n"),
    { added: 1, removed: 1 },
  ],
  [
    "all lines, of one that it was shown in part",
    shown({ offset: 1 }, "     1\ta\n     2\tb"),
    { added: 2, removed: 0 },
  ],
  [
    "all lines, of one that was cut short for it",
    shown({}, "     1\ta\n... [9 lines left out] ..."),
    { added: 2, removed: 0 },
  ],
  ["all lines, of one that it was not shown", "", { added: 2, removed: 0 }],
  [
    "all lines, of one that it changed since",
    shown({}, "     1\ta\n     2\tb") + writes("q"),
    { added: 2, removed: 0 },
  ],
])("a sub-agent that writes a file counts %s", (_, before, lines) => {
  expect(factsIn(before + writes("a\nc"), "edit").at(-1)).toMatchObject({
    from: "inferred",
    agent: "a1",
    ...lines,
  });
});

test.each([
  ["that failed", toolLine("toolu_1", "Edit", EDIT) + resultLine("toolu_1", true)],
  ["of another tool", toolLine("toolu_1", "Read", EDIT) + resultLine("toolu_1")],
  ["whose call is not there", resultLine("toolu_1")],
])("a call %s edits nothing", (_, text) => expect(factsIn(text, "edit")).toEqual([]));

test.each([
  [
    "a commit, by the name that was printed",
    "git commit -m Fix",
    "[main abc1234] Fix",
    [{ kind: "commit", id: "abc1234", sha: "abc1234" }],
  ],
  [
    "a quiet one, without a name",
    "git commit -qm Fix",
    "",
    [{ kind: "commit", id: "toolu_1:0", sha: undefined }],
  ],
  [
    "a pull request",
    "gh pr create",
    "https://github.com/acme/demo/pull/17",
    [{ kind: "pull", url: "https://github.com/acme/demo/pull/17" }],
  ],
  [
    "one whose address had a password in it",
    "gh pr create",
    `https://sam:${"S3cr"}3tPassw0rd@git.example.com/a/pull/17`,
    [{ kind: "pull", url: "https://sam:[redacted: password]@git.example.com/a/pull/17" }],
  ],
  ["nothing", "git log", "[main abc1234] Fix\nhttps://github.com/acme/demo/pull/17", []],
])("a command brings about %s", (_, command, said, facts) => {
  const text = toolLine("toolu_1", "Bash", { command }) + resultLine("toolu_1", false, {}, said);
  expect(factsIn(text, "commit", "pull")).toMatchObject(facts.map(fact => ({ step: "toolu_1", ...fact })));
});

test("a commit that the client itself tells of counts, whatever the command was", () => {
  const toolUseResult = { stdout: "", gitOperation: { commit: { sha: "abc1234" } } };
  const text =
    toolLine("toolu_1", "Bash", { command: "make release" }) +
    resultLine("toolu_1", false, { toolUseResult });
  expect(factsIn(text, "commit")).toMatchObject([{ sha: "abc1234" }]);
});

test("the call that started an agent is told with it, and what the agent is", () => {
  const toolUseResult = { agentId: "a1", agentType: "Explore", status: "completed" };
  const text = toolLine("toolu_1", "Agent", {}) + resultLine("toolu_1", false, { toolUseResult });
  expect(factsIn(text, "agent")).toMatchObject([{ id: "a1", step: "toolu_1", type: "Explore" }]);
});

test("an agent that an agent started has that one as its parent", () => {
  const more = { agentId: "a1", isSidechain: true };
  const toolUseResult = { agentId: "a2" };
  const text =
    toolLine("toolu_1", "Agent", {}, more) + resultLine("toolu_1", false, { ...more, toolUseResult });
  expect(factsIn(text, "agent")).toContainEqual(
    expect.objectContaining({ id: "a2", step: "toolu_1", parent: "a1" }),
  );
});

test("a result whose call nobody remembers still says how it ended", () => {
  expect(interpret(resultLine("toolu_9", true, {}, "…")).facts).toMatchObject([
    { kind: "result", session: SESSION, step: "toolu_9", status: "failed" },
    { kind: "failure", type: "tool", code: "error" },
    ...[{ kind: "session" }, { kind: "session" }, { kind: "session" }, { kind: "session" }],
  ]);
});

test.each([
  ["user_temporary", true],
  ["user_reject", true],
  ["config", undefined],
  ["hook", undefined],
])("a result says whether the user was asked before: %s", (source, asked) => {
  const text =
    toolLine("t1", "Bash", {}) +
    resultLine("t1", false, { permissionDecision: { decision: "accept", source } });
  expect(factsIn(text, "result")).toMatchObject([{ step: "t1", asked }]);
});
