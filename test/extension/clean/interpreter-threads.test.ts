import { expect, test } from "vitest";
import { answerLine, assistantLine, line, resultLine, SESSION, toolLine, userLine } from "../../lines.ts";
import { factsIn, interpret } from "./interpret.ts";

/** A line of a sub-agent as the client 1.0 writes it: among the others, without the agent's name. */
const inline = (uuid: string, parentUuid: string | null) => ({ isSidechain: true, uuid, parentUuid });
const task = (id: string, prompt: string) => toolLine(id, "Task", { prompt });
const asked = (text: string, uuid: string) =>
  userLine(text, { ...inline(uuid, null), promptSource: undefined });
const doers = (text: string) => factsIn(text, "step").map(({ id, agent }) => [id, agent]);

test("client 1.0: what stands between a call and its result was done by the call's sub-agent", () => {
  const text =
    task("toolu_1", "Look.") +
    asked("Look.", "u1") +
    toolLine("toolu_2", "Read", {}, inline("u2", "u1")) +
    resultLine("toolu_2", false, inline("u3", "u2")) +
    resultLine("toolu_1") +
    toolLine("toolu_3", "Bash", {});
  expect(doers(text)).toEqual([
    ["toolu_1", undefined],
    ["toolu_2", "toolu_1"],
    ["toolu_3", undefined],
  ]);
  expect(factsIn(text, "agent")).toContainEqual(expect.objectContaining({ id: "toolu_1", step: "toolu_1" }));
  expect(interpret(text).memory.inline).toEqual({});
});

test.each([
  ["as it was called", ["Look.", "Test."]],
  ["the other way round", ["Test.", "Look."]],
])(
  "client 1.0: of two that work at once each line finds its own, by what it was asked; they begin %s",
  (_, order) => {
    const calls: Record<string, string> = { "Look.": "toolu_1", "Test.": "toolu_2" };
    const begin = order.map((prompt, i) => asked(prompt, `u${i}`)).join("");
    const go = order
      .map((_, i) => toolLine(`toolu_of_u${i}`, "Read", {}, inline(`v${i}`, `u${i}`)))
      .reverse()
      .join("");
    const text = task("toolu_1", "Look.") + task("toolu_2", "Test.") + begin + go;
    const found = Object.fromEntries(doers(text));
    expect(order.map((prompt, i) => [found[`toolu_of_u${i}`], calls[prompt]])).toEqual([
      [calls[order[0] ?? ""], calls[order[0] ?? ""]],
      [calls[order[1] ?? ""], calls[order[1] ?? ""]],
    ]);
  },
);

test("client 1.0: two that were asked the same are kept apart in the order of their calls", () => {
  const text =
    task("toolu_1", "Look.") +
    task("toolu_2", "Look.") +
    asked("Look.", "u1") +
    asked("Look.", "u2") +
    toolLine("toolu_3", "Read", {}, inline("v1", "u1")) +
    toolLine("toolu_4", "Read", {}, inline("v2", "u2"));
  expect(doers(text).slice(2)).toEqual([
    ["toolu_3", "toolu_1"],
    ["toolu_4", "toolu_2"],
  ]);
});

test("client 1.0: a sub-agent's line whose call is not there is told of without one", () => {
  expect(doers(toolLine("toolu_2", "Read", {}, inline("u2", "u1")))).toEqual([["toolu_2", undefined]]);
});

test("since 2.0 a sub-agent's lines name it; its folder counts only where no other is known", () => {
  const text =
    toolLine("toolu_1", "Edit", {}, { isSidechain: true, agentId: "a1", cwd: "/elsewhere" }) +
    answerLine("Done.", { cwd: "/shop" });
  expect(factsIn(text, "step")[0]?.agent).toBe("a1");
  expect(factsIn(text, "agent")).toMatchObject([{ session: SESSION, id: "a1" }]);
  const [first, second] = factsIn(text, "session")
    .filter(fact => fact.project !== undefined)
    .sort((a, b) => rankOf(b) - rankOf(a));
  expect([first?.project, second?.project]).toEqual(["/shop", "/elsewhere"]);
});

/** As rows rank folders where nothing else is said: the earliest first. */
function rankOf({
  projectRank,
  at = 0,
}: {
  projectRank?: number | undefined;
  at?: number | undefined;
}): number {
  return projectRank ?? -at;
}

const ORIGINAL = "11111111-0000-4000-8000-000000000001";
const copied = { requestSessionId: ORIGINAL };

test("a fork's file begins with another session's work, which is told of as that one's", () => {
  const text =
    userLine("Fix it.", { uuid: "u1" }) +
    toolLine("toolu_1", "Read", {}, copied) +
    resultLine("toolu_1") +
    answerLine("Done.", copied) +
    userLine("More.", { uuid: "u2" }) +
    toolLine("toolu_2", "Read", {});
  expect(factsIn(text, "step").map(({ id, session }) => [id, session])).toEqual([
    ["toolu_1", ORIGINAL],
    [expect.any(String), ORIGINAL],
    ["toolu_2", SESSION],
  ]);
  // Also its result, whose own line does not say it.
  expect(factsIn(text, "result")).toMatchObject([{ step: "toolu_1", session: ORIGINAL }]);
  expect(factsIn(text, "session")).toContainEqual(
    expect.objectContaining({ session: SESSION, parent: ORIGINAL }),
  );
  expect(factsIn(text, "copy").map(({ session }) => session)).toEqual([SESSION, SESSION]);
  // Who answered a prompt is whose it is.
  const prompts = factsIn(text, "prompt").filter(({ rank }) => rank === 1);
  expect(prompts.map(({ id, session }) => [id, session])).toEqual([
    ["u1", ORIGINAL],
    ["u2", SESSION],
  ]);
});

test("the mood and the times of a fork are those of its own lines", () => {
  const text = answerLine("Done.", { ...copied, timestamp: "2026-01-01T00:00:00Z" }) + userLine("More.");
  const facts = factsIn(text, "session").filter(({ parent }) => parent === undefined);
  expect(new Set(facts.map(({ session }) => session))).toEqual(new Set([SESSION]));
  expect(Math.min(...facts.map(({ at }) => at ?? 0))).toBeGreaterThan(Date.parse("2026-02-01"));
});

/** Comes before all lines of the tables below. */
const hello = answerLine("Hello.");

test.each([
  ["works on what was asked", userLine("Fix it."), "working"],
  ["works while a call runs", toolLine("toolu_1", "Bash", {}), "working"],
  ["works on a result", resultLine("toolu_1"), "working"],
  ["has answered", answerLine("Done."), "answered"],
  ["has only thought so far", assistantLine({ content: [{ type: "thinking" }] }), "working"],
  ["was interrupted", userLine("[Request interrupted by user]"), "interrupted"],
  ["was cut short in its answer", answerLine("This long answ", { isAbortedMidStream: true }), "interrupted"],
  ["failed", answerLine("API Error", { isApiErrorMessage: true }), "failed"],
])("after its last line a session %s", (_, last, mood) => {
  const facts = factsIn(hello + last, "session").filter(fact => fact.mood !== undefined);
  expect(facts).toMatchObject([{ mood }]);
});

test.each([
  ["the client's own words", userLine("<local-command-stdout>Bye!</local-command-stdout>")],
  ["a meta line", userLine("Caveat", { isMeta: true })],
  ["a title", line({ type: "custom-title", customTitle: "Mine" })],
  ["a sub-agent's work", toolLine("toolu_1", "Read", {}, { isSidechain: true, agentId: "a1" })],
])("a session that has answered has so after %s too", (_, last) => {
  const facts = factsIn(hello + last, "session").filter(fact => fact.mood !== undefined);
  expect(facts).toMatchObject([{ mood: "answered" }]);
});
