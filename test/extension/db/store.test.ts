import { afterEach, beforeEach, expect, test } from "vitest";
import { type Fact, titleRank, type Usage } from "../../../extension/clean/facts.ts";
import type { Engine } from "../../../extension/db/engine.ts";
import { Store } from "../../../extension/db/store.ts";
import { chance } from "../chance.ts";
import { openScratch } from "./open-scratch.ts";
import { dump, write } from "./store-helpers.ts";

let folder: Awaited<ReturnType<typeof openScratch>>;
let db: Engine;
let store: Store;

beforeEach(async () => {
  folder = await openScratch();
  db = folder.db;
  store = new Store(db);
});

afterEach(() => folder[Symbol.asyncDispose]());

const day = Date.parse("2026-11-21T12:00:00");
const session = "s";
const spot = (offset: number) => ({ offset, length: 10 });
const seen = (at: number, project?: string): Fact => ({
  kind: "session",
  session,
  at,
  ...(project && { project }),
});
const title = (of: "prompt" | "ai" | "custom", offset: number): Fact => ({
  kind: "title",
  session,
  rank: titleRank[of](spot(offset)),
  spot: spot(offset),
});
const usage = (rank: number, output: number, more: Partial<Usage> = {}): Usage => ({
  ...{ rank, output, input: 10, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, webSearches: 0 },
  ...more,
});
const edit = {
  kind: "edit",
  session,
  step: "t2",
  agent: "a1",
  file: { hash: "h" },
  change: "changed",
} as const;
const failed = { kind: "result", session, step: "t1", status: "failed" } as const;

/** One fact of each kind, some twice from another source. */
const facts: Fact[] = [
  seen(day, "/p"),
  { kind: "session", session, at: day + 9000, mood: "answered", client: "2.1.329", endReason: "clear" },
  title("prompt", 0),
  { kind: "prompt", session, id: "u1", rank: 0, at: day, spot: spot(0) },
  { kind: "prompt", session, id: "u1", rank: 1, at: day, spot: spot(0) },
  { kind: "step", session, type: "tool", id: "t1", at: day + 100, name: "Bash", spot: spot(20) },
  { kind: "step", session, type: "tool", id: "t2", at: day + 200, name: "Edit", agent: "a1", spot: spot(30) },
  { kind: "step", session, type: "response", id: "r1", at: day + 400, spot: spot(50) },
  { kind: "agent", session, id: "a1", step: "t1", type: "Explore" },
  { ...failed, at: day + 300, from: "transcript", duration: 190, spot: spot(40) },
  { ...failed, at: day + 310, from: "hook", duration: 200 },
  {
    kind: "failure",
    from: "transcript",
    session,
    step: "t1",
    at: day + 300,
    type: "tool",
    code: "exit_code",
  },
  { ...edit, at: day + 200, from: "inferred", added: 1, removed: 1 },
  { ...edit, at: day + 200, from: "hook", added: 4, removed: 2 },
  { kind: "request", session, id: "m1", at: day, model: "opus", usage: usage(3, 3) },
  {
    ...{ kind: "request", session, id: "m1", at: day, model: "opus", duration: 800 },
    usage: usage(90, 90, { cost: 1500 }),
  },
  { kind: "request", session, id: "m2", at: day, model: "new", usage: usage(5, 5) },
  { kind: "copy", session, request: "m0" },
  { kind: "bill", session, rank: 60, cost: 1900 },
  { kind: "commit", session, id: "abc", sha: "abc", step: "t1", at: day },
  { kind: "pull", session, url: "https://example.com/1", at: day },
];

test("writing the same facts twice changes nothing", () => {
  write(store, "/a.jsonl", facts);
  const once = dump(db);
  write(store, "/a.jsonl", facts);
  for (const fact of facts) write(store, "/a.jsonl", [fact]);
  expect(dump(db)).toEqual(once);
});

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
  "in any order and any portions they give the same rows (%i)",
  async seed => {
    write(store, "/a.jsonl", facts);
    await using other = await openScratch();
    const shuffled = chance(seed).shuffled(facts);
    const second = new Store(other.db);
    for (let i = 0; i < shuffled.length; i += seed) write(second, "/a.jsonl", shuffled.slice(i, i + seed));
    expect(dump(other.db)).toEqual(dump(db));
  },
);

test.each([
  [
    "the exact duration, from a hook, over the transcript's",
    "select duration as x from step where id = 't1'",
    200,
  ],
  ["the real patch over the one worked out", "select added as x from edit", 4],
  ["the usage of the last line of a response", "select output as x from request where id = 'm1'", 90],
  ["the first time", "select started_at as x from session", day],
  ["the last time", "select ended_at as x from session", day + 9000],
  ["what only one source knows", "select client as x from session", "2.1.329"],
  ["the place in the transcript", "select offset as x from step where id = 't1'", 20],
  ["the place of the result", "select result_offset as x from step where id = 't1'", 40],
  ["the bill", "select bill as x from session", 1900],
])("of what differs counts %s", (_, sql, value) => {
  write(store, "/a.jsonl", facts);
  expect(db.get(sql)).toEqual({ x: value });
});

test("sums are kept by session, and by day, project, model and kind of agent", () => {
  write(store, "/a.jsonl", facts);
  expect(
    db.all(
      `select prompts, steps, failures, edits, added, removed, commits, pulls, agents, requests, unpriced, cost,
       output from total`,
    ),
  ).toEqual([
    {
      // Only tool calls count as steps.
      ...{
        prompts: 1,
        steps: 2,
        failures: 1,
        edits: 1,
        added: 4,
        removed: 2,
        commits: 1,
        pulls: 1,
        agents: 1,
      },
      ...{ requests: 2, unpriced: 1, cost: 1500, output: 95 },
    },
  ]);
  const byKind =
    "select day, project, model, agent, prompts, steps, failures, added, requests, cost, commits from daily";
  const nothing = { prompts: 0, steps: 0, failures: 0, added: 0, requests: 0, cost: 0, commits: 0 };
  const none = { day: 20261121, project: "/p", model: "", agent: "", ...nothing };
  expect(db.all(`${byKind} order by model, agent, day`)).toEqual([
    { ...none, day: 0, commits: 1 },
    { ...none, prompts: 1, steps: 1, failures: 1 },
    { ...none, agent: "Explore", steps: 1, added: 4 },
    { ...none, model: "new", requests: 1 },
    { ...none, model: "opus", requests: 1, cost: 1500 },
  ]);
});

test("a project that becomes known later takes its session's sums with it", () => {
  write(store, "/agent.jsonl", facts.slice(3));
  expect(db.all("select distinct project from daily")).toEqual([{ project: "" }]);
  write(store, "/a.jsonl", [seen(day, "/p")]);
  const sums =
    "select project, sum(steps) as steps, sum(cost) as cost, sum(added) as added from daily group by 1";
  expect(db.all(sums)).toEqual([{ project: "/p", steps: 2, cost: 1500, added: 4 }]);
});

test("how far a file was read is as the last write says; of unknown files nothing is known", () => {
  const first = { cursor: 500, size: 600, modified: 1.5, head: "h1", memory: '{"calls":{}}' };
  const last = { cursor: 700, size: 700, modified: 2.5, head: "h2", memory: "{}" };
  write(store, "/a.jsonl", [], { ...first, skipped: 2 });
  write(store, "/a.jsonl", [], { ...last, skipped: 1 });
  write(store, "/b.jsonl", [], { skipped: 1 });
  expect([store.progress("/a.jsonl"), store.progress("/none.jsonl"), store.skipped()]).toEqual([
    last,
    undefined,
    4,
  ]);
  const { cursor, size, modified } = last;
  expect(store.seen().get("/a.jsonl")).toMatchObject({ cursor, size, modified });
});

test("what is not known is counted, the most often met first, until its file is written anew", () => {
  write(store, "/a.jsonl", [], { unknown: [["lines of type dream", 1]] });
  write(store, "/a.jsonl", [], { unknown: [["lines of type dream", 3]] });
  write(store, "/b.jsonl", [], {
    unknown: [
      ["field mood of user lines", 5],
      ["lines of type dream", 2],
    ],
  });
  expect(store.unknown()).toEqual([
    { what: "lines of type dream", times: 6 },
    { what: "field mood of user lines", times: 5 },
  ]);
  store.forget("/a.jsonl");
  expect(store.unknown().map(({ times }) => times)).toEqual([5, 2]);
});

test.each([
  ["the first prompt, not the second", [title("prompt", 10), title("prompt", 20)], 10],
  [
    "Claude's over a prompt, the latest of them",
    [title("prompt", 10), title("ai", 20), title("ai", 40), title("ai", 30)],
    40,
  ],
  ["the user's over all", [title("custom", 10), title("ai", 20), title("prompt", 30)], 10],
  ["one that comes before the session is known", [title("ai", 10), seen(5)], 10],
])("title: %s", (_, facts, offset) => {
  write(store, "/a.jsonl", facts);
  expect(db.all("select title_offset from session")).toEqual([{ title_offset: offset }]);
});

test("what is written together is written whole or not at all", () => {
  const fail = () => {
    write(store, "/a.jsonl", facts);
    throw new Error("the disk is full");
  };
  for (const rows of [1, 1000]) expect(() => store.together(rows, fail)).toThrow("the disk is full");
  expect([store.progress("/a.jsonl"), db.all("select * from step"), db.all("select * from sums")]).toEqual([
    undefined,
    [],
    [],
  ]);
});
