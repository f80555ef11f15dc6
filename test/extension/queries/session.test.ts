import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import { answerLine, line, resultLine, SESSION, smallSession, toolLine, userLine } from "../../lines.ts";
import { MAIN, recorded } from "./recorded.ts";

const now = () => ({ timestamp: new Date().toISOString() });
const usage = (input_tokens: number) => ({
  model: "claude-opus-5-5",
  usage: { input_tokens, output_tokens: 0 },
});
/** A response of several calls, whose lines all say what it took. */
const calls = (request: string, ids: string[], tokens: number) =>
  ids
    .map(id =>
      line({
        type: "assistant",
        message: {
          id: request,
          ...usage(tokens),
          content: [{ type: "tool_use", id, name: "Bash", input: { command: `run ${id}` } }],
        },
        requestId: `req_${request}`,
      }),
    )
    .join("");

test("a session has its prompts, and below each what followed", async () => {
  const text =
    userLine("Fix it.", { uuid: "u1" }) +
    toolLine("t1", "Read", { file_path: "/shop/total.ts" }) +
    resultLine("t1", false, { toolUseResult: { durationMs: 40 } }) +
    answerLine("Fixed.", { uuid: "r1" }) +
    userLine("<command-name>/compact</command-name><command-args>keep names</command-args>", { uuid: "c1" }) +
    userLine("And test it.", { uuid: "u2" }) +
    toolLine("t2", "Bash", { command: "npm test" }) +
    resultLine("t2", true, {}, "Exit code 1");
  await using store = await recorded({ [MAIN]: text });
  const { prompts, ...session } = store.session();
  expect(session).toMatchObject({
    id: SESSION,
    toolCalls: 2,
    errors: 1,
    subagents: [],
    files: [],
    commits: [],
  });
  expect(prompts).toMatchObject([
    {
      ...{ id: "u1", text: "Fix it." },
      steps: [
        {
          id: "t1",
          kind: "tool",
          name: "Read",
          target: "/shop/total.ts",
          status: "ok",
          durationMs: 40,
          failure: null,
        },
        { id: "r1", kind: "response", name: null, target: "Fixed.", status: "ok", durationMs: 0 },
        { id: "c1", kind: "command", name: "/compact", target: "/compact keep names", status: "ok" },
      ],
    },
    {
      ...{ id: "u2", text: "And test it." },
      steps: [
        {
          id: "t2",
          name: "Bash",
          target: "npm test",
          status: "failed",
          failure: { type: "tool", code: "exit_code" },
        },
      ],
    },
  ]);
  for (const { startedAt, endedAt, steps } of prompts)
    expect(endedAt).toBe(Math.max(startedAt, ...steps.map(step => step.startedAt + (step.durationMs ?? 0))));
});

test("what a transcript has before any prompt has a chapter of its own; where there is nothing there is none", async () => {
  await using headless = await recorded({ [MAIN]: toolLine("t1", "Bash", {}) + userLine("Fix it.") });
  expect(headless.session().prompts.map(({ text, steps }) => [text, steps.length])).toEqual([
    ["(before the first prompt)", 1],
    ["Fix it.", 0],
  ]);
  await using whole = await recorded({ [MAIN]: smallSession() });
  expect(whole.session().prompts).toHaveLength(1);
});

test.each([
  ["is at work now", now(), "running"],
  ["was at work long ago", {}, "interrupted"],
])("a call without an end, of a session that %s", async (_, more, status) => {
  await using store = await recorded({ [MAIN]: userLine("Fix it.") + toolLine("t1", "Bash", {}, more) });
  expect(store.session().prompts[0]?.steps).toMatchObject([{ id: "t1", status, durationMs: null }]);
});

test("the words of a session are gone with its transcript; what was counted stays", async () => {
  await using store = await recorded({ [MAIN]: smallSession() });
  rmSync(store.at(MAIN));
  expect(store.session()).toMatchObject({
    ...{ title: "Session in shop", toolCalls: 2, errors: 1 },
    prompts: [
      {
        text: "(no longer in the transcript)",
        steps: [
          { name: "Read", target: null },
          { name: "Bash", target: null },
        ],
      },
    ],
  });
});

test("from tier 2 on the store has what was asked and what calls were about", async () => {
  await using store = await recorded({ [MAIN]: smallSession() }, 2);
  rmSync(store.at(MAIN));
  expect(store.session().prompts).toMatchObject([
    {
      text: "The total is wrong. Fix it.",
      steps: [{ target: "/home/sam/dev/shop/total.ts" }, { target: "npm test" }],
    },
  ]);
});

test("a very long prompt or command has nothing in it that nobody wrote", async () => {
  const long = `first words ${"some more of them ".repeat(3000)}last words`;
  await using store = await recorded({ [MAIN]: userLine(long) + toolLine("t1", "Bash", { command: long }) });
  const [prompt] = store.session().prompts;
  for (const shown of [prompt?.text, prompt?.steps[0]?.target]) {
    expect(shown).toMatch(/^first words some more/);
    expect(shown).not.toContain("\0");
  }
});

test("what a response cost falls to its steps in equal parts, to the last billionth, and to its prompt", async () => {
  const text =
    userLine("Fix it.") +
    calls("m1", ["t1", "t2", "t3"], 100_001) +
    userLine("More.") +
    calls("m2", ["t4"], 50);
  await using store = await recorded({ [MAIN]: text });
  const { prompts, costUsd, tokens } = store.session();
  const nano = (dollars: number) => Math.round(dollars * 1e9);
  const [first, second] = prompts;
  // 4 dollars per million tokens, which does not come out even.
  expect(prompts.map(prompt => nano(prompt.costUsd))).toEqual([100_001 * 4000, 50 * 4000]);
  expect(first?.steps.map(step => nano(step.costUsd))).toEqual([133_334_668, 133_334_666, 133_334_666]);
  expect(second?.steps.map(step => [nano(step.costUsd), step.requestId])).toEqual([[200_000, "req_m2"]]);
  expect([nano(costUsd), tokens.input]).toEqual([100_051 * 4000, 100_051]);
});

test("commits are told with the call that made them", async () => {
  const text =
    userLine("Commit it.") +
    toolLine("t1", "Bash", { command: "git commit -m One" }) +
    resultLine("t1", false, {}, "[main abc1234] One") +
    toolLine("t2", "Bash", { command: "git commit -qm Two" }) +
    resultLine("t2", false, {}, "");
  await using store = await recorded({ [MAIN]: text });
  expect(store.session().commits).toMatchObject([
    { sha: "abc1234", stepId: "t1", at: expect.any(Number) },
    { sha: null, stepId: "t2" },
  ]);
});

test("an unknown session is an error that says so", async () => {
  await using store = await recorded({});
  expect(() => store.session("none")).toThrow("This session is not known.");
});

const asked = { permissionDecision: { decision: "accept", source: "user_temporary" } };
const took = (durationMs: number) => ({ toolUseResult: { durationMs } });
const call = toolLine("t1", "Bash", { command: "npm test" });

// The result comes a second after the call.
test.each<[what: string, result: string, waitedMs: number, durationMs: number]>([
  ["nobody was asked", resultLine("t1", false, took(300)), 0, 300],
  ["the user was, and then it ran", resultLine("t1", false, { ...asked, ...took(300) }), 700, 300],
  ["the user was, and how long it ran is not known", resultLine("t1", false, asked), 0, 1000],
  [
    "the user said no",
    resultLine("t1", true, {
      permissionDecision: { source: "user_reject" },
      toolDenialKind: "user-rejected",
    }),
    1000,
    0,
  ],
])("for how long a call waited for the user: %s", async (_, result, waitedMs, durationMs) => {
  const [begun, ended] = [call, result].map(text => JSON.parse(text).timestamp);
  const second = result.replace(ended, new Date(Date.parse(begun) + 1000).toISOString());
  await using store = await recorded({ [MAIN]: call + second });
  expect(store.session().prompts[0]?.steps).toMatchObject([{ id: "t1", waitedMs, durationMs }]);
});
