import { expect, test } from "vitest";
import { answerLine, SESSION, userLine } from "../../lines.ts";
import { factsIn } from "./interpret.ts";

const first = "2026-11-20T10:00:00.000Z";
const last = "2026-11-20T11:00:00.000Z";

test("of all its lines the first and the last say when a session was at work, where, and with which client", () => {
  const between = Array.from({ length: 50 }, () =>
    userLine("Fix it.", { timestamp: "2026-11-20T10:30:00.000Z" }),
  );
  const text =
    userLine("Fix it.", { timestamp: first, cwd: "/shop" }) +
    between.join("") +
    answerLine("Done.", { timestamp: last, cwd: "/elsewhere", version: "2.1.329" });
  const told = { kind: "session", session: SESSION } as const;
  expect(factsIn(text, "session")).toEqual([
    { ...told, at: Date.parse(first) },
    { ...told, at: Date.parse(last) },
    { ...told, at: Date.parse(first), project: "/shop", branch: undefined, projectRank: undefined },
    { ...told, at: Date.parse(last), mood: "answered", client: "2.1.329" },
  ]);
});

test("lines that were written at the same time all say it, so that their order does not matter", () => {
  const at = { timestamp: first };
  const facts = factsIn(
    userLine("Fix it.", { ...at, cwd: "/a" }) + answerLine("Done.", { ...at, cwd: "/b" }),
    "session",
  );
  expect(facts.flatMap(({ project }) => project ?? [])).toEqual(["/a", "/b"]);
  expect(facts.flatMap(({ mood }) => mood ?? [])).toEqual(["working", "answered"]);
});

test("lines out of order count by their time", () => {
  const text =
    answerLine("Done.", { timestamp: last }) + userLine("Fix it.", { timestamp: first, cwd: "/first" });
  const facts = factsIn(text, "session");
  expect(facts.flatMap(({ project }) => project ?? [])).toEqual(["/first"]);
  expect(facts.flatMap(({ mood }) => mood ?? [])).toEqual(["answered"]);
});
