import { expect, test } from "vitest";
import type { SessionRow } from "../../../extension/protocol.ts";
import { LOOKS, spokenOf, stateOf, storyOf, sumOf } from "../../../extension/views/session-row.ts";
import { busy, now, row } from "./rows.ts";

const MINUTE = 60_000;

test.each<[string, Partial<SessionRow>, string]>([
  ["all there is", busy, "$1.24 · 12 min · +120 −34 · 2 commits"],
  ["one commit, nothing removed", { commits: 1, linesAdded: 1 }, "+1 · 1 commit"],
  ["less than a second", { startedAt: now - 999, endedAt: now }, ""],
  ["nothing", {}, ""],
  [
    "what it asks stands first",
    { ...busy, status: "asking", asks: "Bash", commits: 0, linesAdded: 0, linesRemoved: 0 },
    "Asks to use Bash · $1.24 · 12 min",
  ],
])("sum: %s", (_, more, sum) => expect(sumOf(row(more))).toBe(sum));

test.each<[SessionRow["status"], string | null, string]>([
  ["asking", "Bash", "Asks to use Bash"],
  ["asking", null, "Asks for a permission"],
  ["running", null, "At work"],
  ["lost", null, "Nothing more was heard of it"],
])("%s for %s: %s", (status, asks, words) => expect(stateOf({ status, asks })).toBe(words));

test("no two states look the same, and only what runs moves", () => {
  const looks = Object.entries(LOOKS);
  expect(new Set(looks.map(([, { icon }]) => icon)).size).toBe(looks.length);
  expect(looks.filter(([, { icon }]) => icon.endsWith("~spin")).map(([status]) => status)).toEqual([
    "running",
  ]);
});

test("a screen reader says all that is seen", () => {
  expect(spokenOf(row({ ...busy, status: "asking", asks: "Bash", statusSince: now - 2 * MINUTE }), now)).toBe(
    "Fix the total, Asks to use Bash since 00:28, 1 error, $1.24, 12 min, +120 −34, 2 commits",
  );
});

test("the story tells everything", () => {
  const models = ["claude-opus-5-5", "dream-1"];
  const more = { unattributedUsd: 0.5, unpricedModels: ["dream-1"], clientVersion: "2.1.329", models };
  const all = { ...busy, ...more, status: "asking", asks: "Bash", statusSince: now - 2 * MINUTE } as const;
  expect(storyOf(row(all), now)).toEqual([
    ["State", "Asks to use Bash for 2 min"],
    ["Cost", "$1.24 · $0.50 more unattributed · no price is known of dream-1"],
    ["Tokens", "100 k read, 90 % of it from the cache · 2.5 k written"],
    ["Time", "00:18 · 12 min"],
    ["Work", "4 prompts · 21 tool calls · 1 sub-agent · 1 error"],
    ["Changes", "+120 −34 · 3 files · 2 commits"],
    ["Model", "claude-opus-5-5, dream-1"],
    ["Project", "/home/sam/dev/shop · main"],
    ["Client", "Claude Code 2.1.329"],
  ]);
});

test("what is not known is left out of it", () => {
  expect(storyOf(row({ project: "" }), now).map(([name]) => name)).toEqual(["State", "Cost", "Time", "Work"]);
});
