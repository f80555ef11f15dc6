import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import type { Fact, Mood } from "../../../extension/clean/facts.ts";
import { Sessions } from "../../../extension/queries/sessions.ts";
import { type Moods, statusOf } from "../../../extension/queries/status.ts";
import { assistantLine, SESSION, toolLine, userLine } from "../../lines.ts";
import { MAIN, recorded } from "./recorded.ts";

const NOW = Date.UTC(2026, 10, 21, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

test.each<[mood: Mood, silent: number, status: string]>([
  ["working", 0, "running"],
  ["working", 9 * MINUTE, "running"],
  ["working", 11 * MINUTE, "lost"],
  ["working", 13 * HOUR, "interrupted"],
  ["asking", 0, "asking"],
  ["asking", 11 * HOUR, "asking"],
  ["asking", 13 * HOUR, "interrupted"],
  ["answered", 0, "waiting"],
  ["answered", 11 * MINUTE, "idle"],
  ["answered", 2 * HOUR, "done"],
  ["failed", 0, "failed"],
  ["interrupted", 0, "interrupted"],
])("a session last seen %s, and then silent for %d ms, is %s", (mood, silent, status) => {
  expect(statusOf(row({ mood, mood_rank: NOW - silent, ended_at: NOW - silent }), NOW)).toMatchObject({
    status,
    statusSince: NOW - silent,
  });
});

test.each<[mood: Mood | null, status: string]>([
  ["answered", "done"],
  ["working", "interrupted"],
  ["asking", "interrupted"],
  ["failed", "failed"],
  [null, "done"],
])("one that was closed while %s is %s at once", (mood, status) => {
  const closed = { mood, mood_rank: NOW - 2, end_rank: NOW - 1, end_reason: "exit", ended_at: NOW - 1 };
  expect(statusOf(row(closed), NOW).status).toBe(status);
});

const nobody = spawnSync("true").pid;

test.each<[mood: Mood, process: number, status: string]>([
  ["working", nobody, "lost"],
  ["asking", nobody, "lost"],
  ["answered", nobody, "done"],
  ["interrupted", nobody, "interrupted"],
  ["working", process.pid, "running"],
])("one that was last seen %s, and whose process is %d, is %s", (mood, process, status) => {
  const seen = { mood, mood_rank: NOW - 1, ended_at: NOW - 1, process, process_rank: NOW - 1 };
  expect(statusOf(row(seen), NOW).status).toBe(status);
});

test("one that goes on in another process runs", () => {
  const before = { process: nobody, process_rank: NOW - MINUTE, prompted_at: NOW - 1 };
  const seen = { mood: "working" as const, mood_rank: NOW - 1, ended_at: NOW - 1 };
  expect(statusOf(row({ ...seen, ...before }), NOW).status).toBe("running");
});

test("one that was taken up again after its end runs", () => {
  const again = { mood: "working" as const, mood_rank: NOW - 1, end_rank: NOW - HOUR, end_reason: "exit" };
  expect(statusOf(row({ ...again, ended_at: NOW - 1 }), NOW).status).toBe("running");
});

test("a sub-agent at work keeps its session running", () => {
  const row_ = row({ mood: "working", mood_rank: NOW - HOUR, ended_at: NOW - MINUTE });
  expect(statusOf(row_, NOW).status).toBe("running");
});

test.each([
  ["works now", userLine("Fix it.", now()), [], { status: "running", asks: null }],
  ["was left at work long ago", toolLine("t1", "Bash", {}), [], { status: "interrupted" }],
  ["was interrupted", userLine("[Request interrupted by user]"), [], { status: "interrupted" }],
  ["failed", assistantLine({ model: "<synthetic>" }, { isApiErrorMessage: true }), [], { status: "failed" }],
  ["asks for a permission", userLine("Fix it.", now()), [asking("Bash")], { status: "asking", asks: "Bash" }],
])("a transcript and hooks of a session that %s", async (_, last, facts, status) => {
  const first = userLine("Hello.", { timestamp: "2026-01-01T00:00:00Z" });
  await using store = await recorded({ [MAIN]: first + last });
  store.store.take(facts);
  expect(new Sessions(store.db, [store.path], String).one(SESSION)).toMatchObject(status);
});

function asking(asked: string): Fact {
  return { kind: "session", session: SESSION, at: Date.now() + 10, mood: "asking", asked };
}

function now() {
  return { timestamp: new Date().toISOString() };
}

function row(known: Partial<Moods>): Moods {
  return {
    mood: null,
    mood_rank: null,
    asked: null,
    end_reason: null,
    end_rank: null,
    ended_at: NOW,
    ...{ process: null, process_rank: null, prompted_at: null },
    ...known,
  };
}
