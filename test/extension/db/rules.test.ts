import { afterEach, beforeEach, expect, test } from "vitest";
import { type Fact, sourceRanks } from "../../../extension/clean/facts.ts";
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

const session = "s";
const seen = (at: number, project: string): Fact => ({ kind: "session", session, at, project });
const usage = {
  rank: 9,
  output: 9,
  input: 1,
  cacheRead: 0,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
  webSearches: 0,
};
const request = (id: string, more: Partial<Extract<Fact, { kind: "request" }>>): Fact => ({
  ...{ kind: "request", session, id },
  ...more,
});
const run = (status: "running" | "ok" | "failed"): Fact => ({
  ...{ kind: "result", session, step: "t", status },
  rank: sourceRanks.transcript,
});

test.each<[string, Fact, Fact, string, unknown]>([
  [
    "a duration without usage, and usage",
    request("m", { duration: 5 }),
    request("m", { usage }),
    "select duration as x from request",
    5,
  ],
  [
    "two durations",
    request("m", { duration: 5 }),
    request("m", { duration: 7 }),
    "select duration as x from request",
    7,
  ],
  [
    "a step, and that it runs",
    { kind: "step", session, id: "t" },
    run("running"),
    "select status as x from step",
    "running",
  ],
  ["two ends of the same rank", run("ok"), run("failed"), "select status as x from step", "ok"],
  ["two folders", seen(1, "/first"), seen(2, "/second"), "select project as x from session", "/first"],
  [
    "two ends of a session",
    { kind: "session", session, at: 1, endReason: "clear" },
    { kind: "session", session, at: 2, endReason: "logout" },
    "select end_reason as x from session",
    "logout",
  ],
])("%s give the same, whichever is told first", async (_, one, other, sql, value) => {
  store.take([one]);
  store.take([other]);
  expect(db.get(sql)).toEqual({ x: value });
  await using second = await openScratch();
  new Store(second.db).take([other]);
  new Store(second.db).take([one]);
  expect(second.db.get(sql)).toEqual({ x: value });
});

test("what runs has that status until any source tells how it ended", () => {
  const result = (status: "running" | "ok", rank: 3 | 5): Fact => ({
    kind: "result",
    session,
    step: "t",
    rank,
    status,
  });
  store.take([result("ok", 3), result("running", 5)]);
  expect(db.get("select status from step")).toEqual({ status: "ok" });
});
