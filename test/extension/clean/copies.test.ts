import { expect, test } from "vitest";
import { answerLine, line, resultLine, toolLine, userLine } from "../../lines.ts";
import { factsIn, interpret } from "./interpret.ts";

/** As the clients 2.0.30 to 2.1.300 write a fork: its own first line, then copies with the times they had. */
const AGO = { timestamp: "2026-11-20T09:00:00.000Z" };
const begins = line({ type: "queue-operation", operation: "enqueue" });
const copies =
  userLine("First.", { uuid: "u1", ...AGO }) +
  toolLine("toolu_1", "Bash", {}, { requestId: "req_1", ...AGO }) +
  resultLine("toolu_1", true, AGO) +
  line({ type: "system", subtype: "api_error", uuid: "s1", ...AGO }) +
  userLine("<command-name>/cost</command-name>", { uuid: "u2", ...AGO }) +
  answerLine("Done.", { requestId: "req_2", uuid: "a2", ...AGO });
const own = userLine("Forked.", { uuid: "u3" }) + answerLine("Mine.", { requestId: "req_3", uuid: "a3" });

const told = ["prompt", "request", "step", "result", "failure", "copy"] as const;
type Told = (typeof told)[number];

function whatIsTold(text: string): string[] {
  const facts = factsIn<Told>(text, ...told);
  const names = facts.map(fact => {
    const of = "id" in fact ? fact.id : "step" in fact ? fact.step : fact.request;
    return `${fact.kind} ${of}`;
  });
  return [...new Set(names)];
}

test("a fork tells of copied answers only that they are copies, and of what is its own", () => {
  expect(whatIsTold(begins + copies + own)).toEqual([
    ...["copy req_1", "copy req_2"],
    ...["prompt u3", "request req_3", "step a3"],
  ]);
});

test("it was at work only from when it was forked", () => {
  const times = factsIn(begins + copies + own, "session").map(({ at }) => at ?? 0);
  expect(Math.min(...times)).toBeGreaterThan(Date.parse(AGO.timestamp));
});

test("reading can stop and go on amid copies", () => {
  const { memory } = interpret(begins + copies);
  expect(memory.head).toEqual({ begun: expect.any(Number) });
  expect(memory.unanswered).toBeUndefined();
});

test.each([
  ["that nothing shows to be copies", copies + own],
  ["after its own, as when the clock was set back", begins + own + copies],
])("lines %s count", (_, text) => {
  expect(whatIsTold(text)).toEqual(
    expect.arrayContaining([
      "prompt u1",
      "request req_1",
      "result toolu_1",
      "request req_2",
      "request req_3",
    ]),
  );
});

/** As 1.0.60 begins a resumed session's file, and 2.0.1 a fork's: all at one time, without the requests' ids. */
const NOW = "2026-11-20T09:30:00.000Z";
const chained = (uuid: string, parentUuid: string | null) => ({ uuid, parentUuid, timestamp: NOW });
const rewritten =
  userLine("First.", chained("c1", null)) +
  toolLine("toolu_1", "Bash", {}, chained("c2", "c1")) +
  resultLine("toolu_1", false, chained("c3", "c2")) +
  answerLine("Done.", chained("c4", "c3"));

test.each([
  ["and goes on", rewritten + own, ["prompt c1", "prompt u3", "request req_3", "step a3"]],
  [
    "without the prompt",
    answerLine("Done.", chained("c1", null)) + own,
    ["prompt u3", "request req_3", "step a3"],
  ],
])("a session that repeats another's answers does not count them: it begins with some %s", (_, text, all) => {
  expect(whatIsTold(text)).toEqual(all);
});

test("a failure that is told at once counts: it was never sent, such as without a login", () => {
  const error = {
    ...{ ...chained("c2", "c1"), isApiErrorMessage: true },
    message: {
      model: "<synthetic>",
      role: "assistant",
      content: [{ type: "text", text: "Please run /login" }],
    },
  };
  const text = userLine("First.", chained("c1", null)) + line({ type: "assistant", ...error });
  expect(whatIsTold(text)).toEqual(["prompt c1", "step c2", "failure c2"]);
});

test("answers without an id that took the time to think of them count: some gateways give none", () => {
  const later = { ...chained("c2", "c1"), timestamp: "2026-11-20T09:30:01.000Z" };
  const text =
    userLine("First.", chained("c1", null)) + toolLine("toolu_1", "Bash", {}, later) + resultLine("toolu_1");
  expect(whatIsTold(text)).toEqual(["prompt c1", "request msg-toolu_1", "step toolu_1", "result toolu_1"]);
});
