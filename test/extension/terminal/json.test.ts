import { expect, test } from "vitest";
import { asJson } from "../../../extension/terminal/json.ts";

const time = Date.parse("2026-11-20T10:00:00.000Z");
const iso = "2026-11-20T10:00:00.000Z";

test.each([
  [
    "times",
    { startedAt: time, endedAt: time, statusSince: time, at: time },
    { startedAt: iso, endedAt: iso, statusSince: iso, at: iso },
  ],
  [
    "times at any depth",
    { prompts: [{ steps: [{ startedAt: time }] }] },
    { prompts: [{ steps: [{ startedAt: iso }] }] },
  ],
  ["no time at all", { startedAt: null }, { startedAt: null }],
  ["other numbers", { durationMs: 5, costUsd: 0.1 }, { durationMs: 5, costUsd: 0.1 }],
  ["what only views need", { id: "s", transcript: "/t.jsonl" }, { id: "s" }],
])("%s", (_, value, expected) => expect(JSON.parse(asJson(value))).toEqual(expected));
