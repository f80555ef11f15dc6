import { afterEach, beforeEach, expect, test } from "vitest";
import type { Fact } from "../../../extension/clean/facts.ts";
import type { Engine } from "../../../extension/db/engine.ts";
import { Store } from "../../../extension/db/store.ts";
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

const spot = (offset: number) => ({ offset, length: 10 });

/** What a transcript says: a prompt, a call that failed, one that edited and committed, and the response. */
function transcript(session: string): Fact[] {
  const told = { session, at: 1000 };
  const id = (name: string) => `${session}-${name}`;
  const file = { hash: "h" };
  return [
    { kind: "session", ...told, project: "/p" },
    { kind: "title", session, rank: 5, spot: spot(0) },
    { kind: "bill", session, rank: 90, cost: 7 },
    { kind: "prompt", ...told, id: id("u1"), rank: 1, spot: spot(0) },
    { kind: "step", type: "tool", ...told, id: id("t1"), name: "Bash", spot: spot(20) },
    { kind: "result", ...told, step: id("t1"), from: "transcript", status: "failed", spot: spot(40) },
    { kind: "failure", ...told, from: "transcript", step: id("t1") },
    { kind: "step", type: "tool", ...told, id: id("t2"), name: "Edit", spot: spot(30) },
    {
      kind: "edit",
      ...told,
      step: id("t2"),
      from: "transcript",
      file,
      change: "changed",
      added: 4,
      removed: 2,
    },
    { kind: "commit", ...told, id: id("abc"), step: id("t2") },
    { kind: "pull", ...told, url: "https://example.com/1", step: id("t2") },
    { kind: "request", ...told, id: id("m1"), model: "opus", spot: spot(50) },
  ];
}

/** A hook told of the first call too. */
const hook: Fact = {
  kind: "result",
  session: "s",
  step: "s-t1",
  from: "hook",
  status: "failed",
  duration: 200,
};

test("a transcript that was written anew is forgotten, with its sums; others stay", () => {
  const agent: Fact = { kind: "step", type: "tool", session: "s", id: "t3", name: "Read", spot: spot(0) };
  write(store, "/a.jsonl", transcript("s"), { cursor: 50 });
  store.take([hook]);
  write(store, "/agent.jsonl", [agent], { cursor: 10 });
  store.forget("/a.jsonl");
  expect(db.all("select id, duration, offset, result_offset from step order by id")).toEqual([
    { id: "s-t1", duration: 200, offset: null, result_offset: null },
    { id: "t3", duration: null, offset: 0, result_offset: null },
  ]);
  expect(
    db.get("select prompts, steps, failures, edits, added, commits, pulls, requests from total"),
  ).toEqual({
    ...{ prompts: 0, steps: 2, failures: 1, edits: 0, added: 0 },
    commits: 0,
    pulls: 0,
    requests: 0,
  });
  expect(db.get("select title_rank, bill from session")).toEqual({ title_rank: null, bill: null });
  expect([store.progress("/a.jsonl"), store.progress("/agent.jsonl")?.cursor]).toEqual([undefined, 10]);
});

test("the title and the bill of a session stay when it is another of its files that was written anew", () => {
  write(store, "/a.jsonl", transcript("s"));
  write(store, "/agent.jsonl", [{ kind: "step", type: "tool", session: "s", id: "t3", spot: spot(0) }]);
  store.forget("/agent.jsonl");
  expect(db.get("select title_rank, bill from session")).toEqual({ title_rank: 5, bill: 7 });
});

test.each([
  ["little", 1],
  ["very much", 1000],
])("the sums are right when a file is forgotten and written anew together with %s", async (_, rows) => {
  write(store, "/a.jsonl", transcript("s"));
  // What is in the file now is another session, so that the first has nothing left.
  store.together(rows, () => {
    store.forget("/a.jsonl");
    write(store, "/a.jsonl", transcript("another"));
  });
  await using fresh = await openScratch();
  write(new Store(fresh.db), "/a.jsonl", transcript("another"));
  const sums = ({ sums, edited }: ReturnType<typeof dump>) => ({ sums, edited });
  expect(sums(dump(db))).toEqual(sums(dump(fresh.db)));
});
