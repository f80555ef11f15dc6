import { expect, test } from "vitest";
import type { SessionRow } from "../../../extension/protocol.ts";
import { newsOf } from "../../../extension/views/news.ts";
import { now, row } from "./rows.ts";

const HERE = { project: "/shop" };
const opened = now - 600_000;
const ago = (seconds: number) => ({ statusSince: now - seconds * 1000 });

test.each<[string, Partial<SessionRow>, string[]]>([
  [
    "it has waited for a minute",
    { status: "asking", asks: "Bash", ...ago(61) },
    ["Claude Code has waited for more than a minute: it asks to use Bash in “Fix the total”."],
  ],
  [
    "for what is not known",
    { status: "asking", ...ago(61) },
    ["Claude Code has waited for more than a minute: it asks for a permission in “Fix the total”."],
  ],
  ["not yet", { status: "asking", ...ago(59) }, []],
  ["it waited before this window was there", { status: "asking", ...ago(661) }, []],
  ["it failed", { status: "failed", ...ago(0) }, ["Claude Code ended with an error in “Fix the total”."]],
  ["it failed before", { status: "failed", ...ago(601) }, []],
  ["it works", { status: "running", ...ago(61) }, []],
  ["in another workspace", { status: "failed", ...ago(1), project: "/other" }, []],
])("%s", (_, more, words) => {
  const news = newsOf([row({ ...HERE, ...more })], ["/shop"], opened, now);
  expect(news.map(({ words }) => words)).toEqual(words);
});

test("the same wait is the same news, and another one is not", () => {
  const keys = [61, 61, 90].map(
    seconds => newsOf([row({ ...HERE, status: "asking", ...ago(seconds) })], ["/shop"], opened, now)[0]?.key,
  );
  expect(keys[0]).toBe(keys[1]);
  expect(keys[0]).not.toBe(keys[2]);
});
