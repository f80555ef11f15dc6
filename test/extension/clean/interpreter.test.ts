import { expect, test } from "vitest";
import { factsOfLines } from "../../../extension/clean/facts-of.ts";
import { smallSession, toolLine, userLine } from "../../lines.ts";

function factsIn(text: string) {
  let offset = 0;
  const lines = text
    .trimEnd()
    .split("\n")
    .map(text => {
      const line = { text, offset, length: Buffer.byteLength(text) };
      offset += line.length + 1;
      return line;
    });
  return factsOfLines(lines);
}

test("a session's facts, in the order of its lines", () => {
  const { facts, skipped } = factsIn(smallSession());
  expect(skipped).toBe(0);
  expect(facts.map(fact => fact.kind)).toEqual([
    "title",
    ...["session", "title", "prompt"],
    ...["session", "step"],
    "session",
    ...["session", "step"],
    ...["session", "failure"],
  ]);
});

test("facts hold places and ids, never what was written", () => {
  const secret = "hunter2 in /etc/passwd";
  const text = userLine(secret) + toolLine("toolu_1", "Bash", { command: secret });
  expect(JSON.stringify(factsIn(text))).not.toContain("hunter2");
});

test("a sub-agent's call names its agent, and its folder is not the session's", () => {
  const { facts } = factsIn(
    toolLine("toolu_1", "Edit", {}, { isSidechain: true, agentId: "a1", cwd: "/elsewhere" }),
  );
  expect(facts).toMatchObject([{ kind: "session" }, { kind: "step", agent: "a1" }]);
  expect(facts[0]).not.toHaveProperty("project");
});

test("what is not JSON is counted; blank and foreign lines are not", () => {
  const { facts, skipped } = factsIn('{"half\n\n{"type":"atis-latch"}\nnot json\n');
  expect([facts, skipped]).toEqual([[], 2]);
});
