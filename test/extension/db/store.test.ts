import { beforeEach, expect, test } from "vitest";
import type { Fact } from "../../../extension/clean/facts.ts";
import type { Engine } from "../../../extension/db/engine.ts";
import { Store } from "../../../extension/db/store.ts";
import { openMemory } from "./open-memory.ts";

let db: Engine;
let store: Store;

beforeEach(async () => {
  db = await openMemory();
  store = new Store(db);
});

const spot = (offset: number) => ({ offset, length: 10 });
const seen = (at: number, project?: string): Fact => ({ kind: "session", session: "s", at, project });
const title = (rank: 1 | 2 | 3, offset: number): Fact => ({
  kind: "title",
  session: "s",
  rank,
  spot: spot(offset),
});
const facts: Fact[] = [
  seen(100, "/p"),
  title(1, 0),
  { kind: "prompt", session: "s", id: "u1", at: 100, spot: spot(0) },
  { kind: "step", session: "s", id: "t1", at: 110, tool: "Bash", agent: undefined, spot: spot(20) },
  { kind: "failure", session: "s", step: "t1" },
];

function dump() {
  const tables = ["source", "session", "prompt", "step"];
  return tables.map(table => db.all(`select * from ${table} order by 1`));
}

test("writing the same facts twice changes nothing", () => {
  store.write("/a.jsonl", facts, 500, 0);
  const once = dump();
  store.write("/a.jsonl", facts, 500, 0);
  expect(dump()).toEqual(once);
});

test("the cursor is that of the last write; unknown files start at 0", () => {
  store.write("/a.jsonl", [], 500, 0);
  store.write("/a.jsonl", [], 700, 0);
  expect([store.cursor("/a.jsonl"), store.cursor("/b.jsonl")]).toEqual([700, 0]);
});

test("skipped lines add up over all files", () => {
  store.write("/a.jsonl", [], 1, 2);
  store.write("/a.jsonl", [], 2, 1);
  store.write("/b.jsonl", [], 1, 1);
  expect(store.skipped()).toBe(4);
});

test.each([
  ["the first prompt, not the second", [title(1, 10), title(1, 20)], 10],
  [
    "Claude's over a prompt, the latest of them",
    [title(1, 10), title(2, 20), title(1, 30), title(2, 40)],
    40,
  ],
  ["the user's over all", [title(3, 10), title(2, 20), title(1, 30)], 10],
  ["one that comes before the session is known", [title(2, 10), seen(5)], 10],
])("title: %s", (_, facts, offset) => {
  store.write("/a.jsonl", facts, 1, 0);
  expect(db.all("select title_offset from session")).toEqual([{ title_offset: offset }]);
});

test("a session spans its first to its last line, in whatever order they come", () => {
  store.write("/sub/agent.jsonl", [seen(300)], 1, 0);
  store.write("/a.jsonl", [seen(200, "/p"), seen(100, "/q")], 1, 0);
  expect(
    db.all("select started_at, ended_at, project, path from session join source f on f.id = source"),
  ).toEqual([{ started_at: 100, ended_at: 300, project: "/p", path: "/a.jsonl" }]);
});

test("a database of another version is built anew", () => {
  store.write("/a.jsonl", facts, 500, 0);
  db.run("pragma user_version = 99");
  expect(new Store(db).cursor("/a.jsonl")).toBe(0);
});
