import { afterEach, beforeEach, expect, test } from "vitest";
import { type Fact, sourceRanks, titleRank, type Usage } from "../../../extension/clean/facts.ts";
import type { Engine } from "../../../extension/db/engine.ts";
import { Store } from "../../../extension/db/store.ts";
import { openScratch } from "./open-scratch.ts";

let folder: Awaited<ReturnType<typeof openScratch>>;
let db: Engine;
let store: Store;

beforeEach(async () => {
  folder = await openScratch();
  db = folder.db;
  store = new Store(db);
});

afterEach(() => folder[Symbol.asyncDispose]());

const read = { cursor: 1, skipped: 0 };
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
const hash = new Uint8Array([1, 2, 3]);

/** One fact of each kind, some twice from another source. */
const facts: Fact[] = [
  seen(day, "/p"),
  { kind: "session", session, at: day + 9000, endReason: "clear", client: "2.1.329" },
  title("prompt", 0),
  { kind: "prompt", session, id: "u1", at: day, spot: spot(0) },
  { kind: "step", session, id: "t1", at: day + 100, name: "Bash", spot: spot(20) },
  {
    kind: "step",
    session,
    id: "t2",
    at: day + 200,
    name: "Edit",
    agent: "a1",
    agentType: "Explore",
    spot: spot(30),
  },
  {
    kind: "result",
    session,
    step: "t1",
    at: day + 300,
    rank: sourceRanks.transcript,
    status: "failed",
    duration: 190,
    spot: spot(40),
  },
  {
    kind: "result",
    session,
    step: "t1",
    at: day + 310,
    rank: sourceRanks.hook,
    status: "failed",
    duration: 200,
  },
  { kind: "failure", session, step: "t1", at: day + 300, type: "tool", code: "exit_code" },
  {
    kind: "edit",
    session,
    step: "t2",
    agentType: "Explore",
    at: day + 200,
    rank: sourceRanks.inferred,
    file: { hash },
    change: "changed",
    added: 1,
    removed: 1,
  },
  {
    kind: "edit",
    session,
    step: "t2",
    agentType: "Explore",
    at: day + 200,
    rank: sourceRanks.hook,
    file: { hash },
    change: "changed",
    added: 4,
    removed: 2,
  },
  { kind: "request", session, id: "m1", at: day, model: "opus", usage: usage(3, 3) },
  {
    kind: "request",
    session,
    id: "m1",
    at: day,
    model: "opus",
    usage: usage(90, 90, { cost: 1500 }),
    duration: 800,
  },
  { kind: "request", session, id: "m2", at: day, model: "new", usage: usage(5, 5) },
  { kind: "commit", session, sha: "abc", step: "t1", at: day },
  { kind: "pull", session, url: "https://example.com/1", at: day },
];

const TABLES = [
  ...["session", "prompt", "step", "failure", "file", "edit", "request", "git_commit", "pull_request"],
  ...["total", "daily", "session_source"],
];

/** Everything stored, without the numbers that stand for ids, which may be given in another order. */
function dump(of = db) {
  return Object.fromEntries(
    TABLES.map(table => [table, of.all(`select * from ${table} order by 1, 2`)] as const),
  );
}

test("writing the same facts twice changes nothing", () => {
  store.write("/a.jsonl", facts, read);
  const once = dump();
  store.write("/a.jsonl", facts, read);
  for (const fact of facts) store.write("/a.jsonl", [fact], read);
  expect(dump()).toEqual(once);
});

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
  "in any order and any portions they give the same rows (%i)",
  async seed => {
    store.write("/a.jsonl", facts, read);
    const inOrder = dump();
    await using other = await openScratch();
    const shuffled = shuffle(facts, seed);
    const second = new Store(other.db);
    for (let i = 0; i < shuffled.length; i += seed)
      second.write("/a.jsonl", shuffled.slice(i, i + seed), read);
    const expected = { ...inOrder, daily: expect.arrayContaining(inOrder.daily ?? []) };
    expect(withoutEmpty(dump(other.db))).toEqual(expected);
  },
);

/** A session's sums leave a row of zeros where they were before its project was known. */
function withoutEmpty(tables: ReturnType<typeof dump>) {
  const sums = (row: unknown) => Object.values(row as Record<string, unknown>).slice(4);
  return { ...tables, daily: tables.daily?.filter(row => sums(row).some(sum => sum !== 0)) };
}

function shuffle<T>(list: T[], seed: number): T[] {
  let state = seed;
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  return list
    .map(item => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

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
])("of what differs counts %s", (_, sql, value) => {
  store.write("/a.jsonl", facts, read);
  expect(db.get(sql)).toEqual({ x: value });
});

test("sums are kept by session, and by day, project, model and kind of agent", () => {
  store.write("/a.jsonl", facts, read);
  expect(
    db.all(
      "select prompts, steps, failures, edits, added, removed, requests, unpriced, cost, output from total",
    ),
  ).toEqual([
    {
      prompts: 1,
      steps: 2,
      failures: 1,
      edits: 1,
      added: 4,
      removed: 2,
      requests: 2,
      unpriced: 1,
      cost: 1500,
      output: 95,
    },
  ]);
  const byKind =
    "select day, project, model, agent, prompts, steps, failures, added, requests, cost from daily";
  const none = {
    day: 20261121,
    project: "/p",
    model: "",
    agent: "",
    prompts: 0,
    steps: 0,
    failures: 0,
    added: 0,
    requests: 0,
    cost: 0,
  };
  expect(db.all(`${byKind} order by model, agent`)).toEqual([
    { ...none, prompts: 1, steps: 1, failures: 1 },
    { ...none, agent: "Explore", steps: 1, added: 4 },
    { ...none, model: "new", requests: 1 },
    { ...none, model: "opus", requests: 1, cost: 1500 },
  ]);
});

test("a project that becomes known later takes its session's sums with it", () => {
  store.write("/agent.jsonl", facts.slice(3), read);
  expect(db.all("select distinct project from daily")).toEqual([{ project: "" }]);
  store.write("/a.jsonl", [seen(day, "/p")], read);
  const sums =
    "select project, sum(steps) as steps, sum(cost) as cost, sum(added) as added from daily group by 1";
  expect(db.all(sums)).toEqual([
    { project: "", steps: 0, cost: 0, added: 0 },
    { project: "/p", steps: 2, cost: 1500, added: 4 },
  ]);
});

test("the cursor is that of the last write; unknown files start at 0", () => {
  store.write("/a.jsonl", [], { cursor: 500, skipped: 2 });
  store.write("/a.jsonl", [], { cursor: 700, skipped: 1 });
  store.write("/b.jsonl", [], { cursor: 1, skipped: 1 });
  expect([store.cursor("/a.jsonl"), store.cursor("/none.jsonl"), store.skipped()]).toEqual([700, 0, 4]);
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
  store.write("/a.jsonl", facts, read);
  expect(db.all("select title_offset from session")).toEqual([{ title_offset: offset }]);
});

test("a transcript that was written anew is forgotten, with its sums; others stay", () => {
  store.write("/a.jsonl", facts, read);
  store.write(
    "/agent.jsonl",
    [{ kind: "step", session, id: "t3", at: day, name: "Read", spot: spot(0) }],
    read,
  );
  store.forget("/a.jsonl");
  // A hook told of t1 as well.
  expect(db.all("select id, duration, offset, result_offset from step")).toEqual([
    { id: "t1", duration: 200, offset: null, result_offset: null },
    { id: "t3", duration: null, offset: 0, result_offset: null },
  ]);
  const sums = "select prompts, steps, failures, edits, added from total";
  expect(db.get(sums)).toEqual({ prompts: 0, steps: 2, failures: 1, edits: 0, added: 0 });
  expect(db.get("select title_rank from session")).toEqual({ title_rank: null });
  expect([store.cursor("/a.jsonl"), store.cursor("/agent.jsonl")]).toEqual([0, 1]);
});
