import { expect, test } from "vitest";
import { answerLine, line, resultLine, SESSION, toolLine, userLine } from "../../lines.ts";
import { MAIN, recorded } from "./recorded.ts";

const FOLDER = MAIN.replace(".jsonl", "/subagents");
const transcript = (agent: string) => `${FOLDER}/agent-${agent}.jsonl`;
const meta = (agent: string) => `${FOLDER}/agent-${agent}.meta.json`;
const of = (agentId: string) => ({ isSidechain: true, agentId });
/** A call, and what its response took: at 4 dollars per million tokens. */
const call = (id: string, name: string, input_tokens: number, more: object = {}) =>
  line({
    type: "assistant",
    message: {
      ...{ id: `m-${id}`, model: "claude-opus-5-5", usage: { input_tokens, output_tokens: 0 } },
      content: [{ type: "tool_use", id, name, input: {} }],
    },
    ...more,
  });
const nano = (dollars = 0) => Math.round(dollars * 1e9);

/** An agent that a prompt's call started, and one that this one started in turn. */
const FILES = {
  [MAIN]:
    userLine("Look around.", { uuid: "u1" }) +
    call("t1", "Agent", 100) +
    resultLine("t1", false, { toolUseResult: { agentId: "a1", agentType: "Explore" } }) +
    userLine("Thanks.", { uuid: "u2" }) +
    answerLine("Welcome."),
  [transcript("a1")]:
    call("t2", "Read", 20, of("a1")) +
    call("t3", "Agent", 30, of("a1")) +
    resultLine("t3", false, { ...of("a1"), toolUseResult: { agentId: "a2" } }),
  [transcript("a2")]: call("t4", "Grep", 5, of("a2")),
  [meta("a2")]: JSON.stringify({ agentType: "Plan", toolUseId: "t3", parentAgentId: "a1" }),
};

test("sub-agents are told with who called them, what they are, and what they cost with their own", async () => {
  await using store = await recorded(FILES);
  const { subagents, toolCalls } = store.session();
  expect(subagents.map(({ costUsd, ...agent }) => ({ ...agent, cost: nano(costUsd) }))).toEqual([
    { id: "a1", type: "Explore", parentStepId: "t1", toolCalls: 2, cost: 55 * 4000 },
    { id: "a2", type: "Plan", parentStepId: "t3", toolCalls: 1, cost: 5 * 4000 },
  ]);
  expect(toolCalls).toBe(4);
});

test("their steps stand below the prompt that they worked for, and their cost is in the call's", async () => {
  await using store = await recorded(FILES);
  const { prompts, costUsd } = store.session();
  expect(
    prompts.map(({ id, steps }) => [
      id,
      steps.filter(step => step.kind === "tool").map(({ id, agentId }) => [id, agentId]),
    ]),
  ).toEqual([
    [
      "u1",
      [
        ["t1", null],
        ["t2", "a1"],
        ["t3", "a1"],
        ["t4", "a2"],
      ],
    ],
    ["u2", []],
  ]);
  const [first] = prompts;
  expect(first?.steps.map(step => nano(step.costUsd))).toEqual([155 * 4000, 20 * 4000, 35 * 4000, 5 * 4000]);
  expect([nano(first?.costUsd), nano(costUsd)]).toEqual([155 * 4000, 155 * 4000]);
});

test("an agent that nobody called, with which the client warms up, is none; what it cost counts", async () => {
  await using store = await recorded({ ...FILES, [transcript("warm")]: call("t9", "Read", 7, of("warm")) });
  const session = store.session();
  expect(session.subagents.map(({ id }) => id)).toEqual(["a1", "a2"]);
  expect(nano(session.costUsd)).toBe(162 * 4000);
  expect(store.sessions.one(SESSION)?.subagents).toBe(2);
});

test("agents that call each other in a circle, as in a damaged file, come to an end", async () => {
  const circle = {
    [MAIN]: userLine("Look around.") + answerLine("No."),
    [transcript("a1")]: toolLine("t1", "Agent", {}, of("a1")),
    [transcript("a2")]: toolLine("t2", "Agent", {}, of("a2")),
    [meta("a1")]: JSON.stringify({ toolUseId: "t2" }),
    [meta("a2")]: JSON.stringify({ toolUseId: "t1" }),
  };
  await using store = await recorded(circle);
  expect(store.session().subagents).toHaveLength(2);
});
