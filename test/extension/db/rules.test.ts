import { afterEach, beforeEach, expect, test } from "vitest";
import type { Fact, Source } from "../../../extension/clean/facts.ts";
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
  from: "transcript",
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
    { kind: "step", type: "tool", session, id: "t" },
    run("running"),
    "select status as x from step",
    "running",
  ],
  ["two ends of the same rank", run("ok"), run("failed"), "select status as x from step", "ok"],
  ["two folders", seen(1, "/first"), seen(2, "/second"), "select project as x from session", "/first"],
  [
    "two folders, of which one is known to be the project's",
    seen(1, "/worktree"),
    { kind: "session", session, project: "/first", projectRank: 1 },
    "select project as x from session",
    "/first",
  ],
  [
    "two moods",
    { kind: "session", session, at: 1, mood: "working" },
    { kind: "session", session, at: 2, mood: "answered" },
    "select mood as x from session",
    "answered",
  ],
  [
    "two bills",
    { kind: "bill", session, rank: 10, cost: 5 },
    { kind: "bill", session, rank: 90, cost: 3 },
    "select bill as x from session",
    3,
  ],
  [
    "what an agent is, and who called it",
    { kind: "agent", session, id: "a", type: "Explore" },
    { kind: "agent", session, id: "a", step: "t" },
    "select type || ' by ' || step as x from agent",
    "Explore by t",
  ],
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

/** Of two sessions, where a client does not say which of them made something that is in both of their files. */
const copies = (make: (session: string) => Fact): [Fact, Fact] => [make("a"), make("b")];

test.each<[string, [Fact, Fact], string, string]>([
  [
    "a step is that of the session with the lesser id",
    copies(session => ({ kind: "step", type: "tool", session, id: "t" })),
    "step",
    "a",
  ],
  [
    "so is a response, with what it took",
    copies(session => ({ ...request("m", { usage }), session })),
    "request",
    "a",
  ],
  [
    "a prompt too, as long as nobody answered",
    copies(session => ({ kind: "prompt", session, id: "u", rank: 0 })),
    "prompt",
    "a",
  ],
  [
    "but where it was answered it is that of the session in which it was",
    copies(session => ({ kind: "prompt", session, id: "u", rank: session === "b" ? 1 : 0 })),
    "prompt",
    "b",
  ],
])("in two files: %s", async (_, [one, other], table, owner) => {
  const owners = `select s.id from ${table} x join session s on s.key = x.session`;
  store.take([one]);
  store.take([other]);
  expect(db.all(owners)).toEqual([{ id: owner }]);
  await using second = await openScratch();
  new Store(second.db).take([other]);
  new Store(second.db).take([one]);
  expect(second.db.all(owners)).toEqual([{ id: owner }]);
});

test("what goes on in the background runs until the transcript says how it ended", () => {
  const result = (status: "running" | "ok" | "failed", from: Source): Fact => ({
    ...{ kind: "result", session, step: "t", from, status },
  });
  const status = () => db.get<{ status: string }>("select status from step")?.status;
  store.take([result("running", "hook"), result("ok", "telemetry")]);
  expect(status()).toBe("running");
  store.take([result("running", "transcript"), result("ok", "hook")]);
  expect(status()).toBe("running");
  store.take([result("failed", "transcript"), result("ok", "hook")]);
  expect(status()).toBe("failed");
});
