import { expect, test } from "vitest";
import { agentFacts } from "../../../extension/clean/asides.ts";
import type { Fact } from "../../../extension/clean/facts.ts";
import { line, SESSION, titleLine, userLine } from "../../lines.ts";
import { factsIn, interpret } from "./interpret.ts";

const prompt = userLine("Fix it.", { uuid: "u1" });

test("a request that is tried again is a failed step, with its wait", () => {
  const text = line({
    type: "system",
    subtype: "api_error",
    uuid: "r1",
    error: { status: 529 },
    retryInMs: 514.4,
  });
  expect(factsIn(prompt + text, "step", "failure")).toMatchObject([
    { kind: "step", type: "retry", id: "r1", prompt: "u1", status: "failed", duration: 514 },
    { kind: "failure", step: "r1", type: "model", code: "overloaded" },
  ]);
});

test("a compaction is a step", () => {
  const text = line({
    type: "system",
    subtype: "compact_boundary",
    uuid: "c1",
    compactMetadata: { durationMs: 357 },
  });
  expect(factsIn(prompt + text, "step", "failure")).toMatchObject([
    { type: "compaction", id: "c1", prompt: "u1", status: "ok", duration: 357 },
  ]);
});

test.each([
  [
    "another thing that the system says",
    line({ type: "system", subtype: "turn_duration", durationMs: 3971 }),
  ],
  ["a retry without an id", line({ type: "system", subtype: "api_error", uuid: undefined })],
  ["a title that is none", line({ type: "ai-title", aiTitle: "" })],
  ["a title that is no text", line({ type: "ai-title", aiTitle: 5 })],
  ["one of the user's that is no text", line({ type: "custom-title", customTitle: 5 })],
  ["a cost in words", line({ type: "cost-state", totalCostUSD: "5" })],
  ["a link without an address", line({ type: "pr-link", prNumber: 17 })],
  ["a worktree without a project", line({ type: "worktree-state", worktreePath: "/w" })],
  [
    "a report about no call",
    line({ attachment: { type: "queued_command", prompt: "Go on." }, type: "attachment" }),
  ],
])("%s says nothing", (_, text) => expect(interpret(text).facts).toEqual([]));

test.each([
  ["Claude's", titleLine("Fix the total"), 1],
  ["the user's, which counts more", line({ type: "custom-title", customTitle: "Mine" }), 1],
])("a title is told by its place: %s", (_, text, count) => {
  const titles = factsIn(text, "title");
  expect(titles).toMatchObject(
    Array(count).fill({ session: SESSION, spot: { offset: 0, length: text.length - 1 } }),
  );
  expect(JSON.stringify(titles)).not.toMatch(/total|Mine/);
});

test("of titles the user's counts most, then Claude's last, then the first prompt", () => {
  const text =
    userLine("One") +
    userLine("Two") +
    titleLine("Three") +
    titleLine("Four") +
    line({ type: "custom-title", customTitle: "Five" }) +
    titleLine("Six");
  const ranked = factsIn(text, "title").sort((a, b) => b.rank - a.rank);
  const said = ranked.map(({ spot }) => text.slice(spot.offset, spot.offset + spot.length));
  expect(said.map(line => /One|Two|Three|Four|Five|Six/.exec(line)?.[0])).toEqual([
    "Five",
    "Six",
    "Four",
    "Three",
    "One",
    "Two",
  ]);
});

test("what the client billed is told in billionths, the last one highest", () => {
  const bills = factsIn(
    [0.5, 0.0050912, 2].map(totalCostUSD => line({ type: "cost-state", totalCostUSD })).join(""),
    "bill",
  );
  expect(bills.map(bill => bill.cost)).toEqual([500_000_000, 5_091_200, 2_000_000_000]);
  expect(bills.map(bill => bill.rank)).toEqual(bills.map(bill => bill.rank).sort((a, b) => a - b));
});

test("a link to a pull request is told, with or without a time", () => {
  const link = { type: "pr-link", prUrl: "https://github.com/acme/demo/pull/17" };
  const [timed, untimed] = factsIn(line(link) + line({ ...link, timestamp: undefined }), "pull");
  expect([timed?.url, typeof timed?.at, untimed?.url, untimed?.at]).toEqual([
    link.prUrl,
    "number",
    link.prUrl,
    undefined,
  ]);
});

test.each([
  ["in the line itself", { originalCwd: "/shop" }],
  ["within it", { worktree: { originalCwd: "/shop", path: "/shop/.worktrees/fix" } }],
])("a session in a worktree is of the project that the worktree was made of, told %s", (_, more) => {
  const [fact] = factsIn(line({ type: "worktree-state", ...more }), "session");
  // Above any folder of a line, whose rank is its time, negative.
  expect(fact).toMatchObject({ project: "/shop", projectRank: 1 });
});

test.each<[string, object, Partial<Fact>]>([
  [
    "all",
    { toolUseId: "t1", parentAgentId: "a0", agentType: "Explore" },
    { step: "t1", parent: "a0", type: "Explore" },
  ],
  ["some", { agentType: "Explore" }, { type: "Explore" }],
  ["nothing that is one", { toolUseId: 5 }, {}],
])("of a sub-agent's own file %s is taken", (_, meta, expected) => {
  expect(agentFacts({ ...meta }, "a1", "s")).toEqual([
    { kind: "agent", session: "s", id: "a1", ...expected },
  ]);
});
