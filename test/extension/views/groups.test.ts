import { expect, test } from "vitest";
import type { SessionRow } from "../../../extension/protocol.ts";
import { type GroupBy, grouped } from "../../../extension/views/groups.ts";
import { now, row } from "./rows.ts";

const at = (...when: [number, number, number, number, number]) => ({
  endedAt: new Date(...when).getTime(),
});

const days = [
  at(2026, 10, 20, 0, 10),
  at(2026, 10, 19, 23, 50),
  at(2026, 10, 19, 8, 0),
  at(2026, 10, 12, 8, 0),
  at(2025, 10, 12, 8, 0),
];

test.each<[string, Exclude<GroupBy, "nothing">, Partial<SessionRow>[], [string, number][]]>([
  [
    "the day a person would name",
    "day",
    days,
    [
      ["Today", 1],
      ["Yesterday", 2],
      ["Thu 12 Nov", 1],
      ["Wed, 12 Nov 2025", 1],
    ],
  ],
  [
    "days go back, however sessions are sorted",
    "day",
    [days[3] ?? {}, days[1] ?? {}, days[0] ?? {}, days[2] ?? {}],
    [
      ["Today", 1],
      ["Yesterday", 2],
      ["Thu 12 Nov", 1],
    ],
  ],
  [
    "projects of the same name are two",
    "project",
    [{ project: "/a/shop" }, { project: "/b/shop" }, { project: "/a/shop" }, { project: "" }],
    [
      ["shop", 2],
      ["shop", 1],
      ["An unknown folder", 1],
    ],
  ],
  [
    "model",
    "model",
    [{ models: ["opus"] }, { models: ["opus", "haiku"] }, {}, { models: ["opus"] }],
    [
      ["opus", 2],
      ["opus, haiku", 1],
      ["No model", 1],
    ],
  ],
  [
    "outcome",
    "outcome",
    [{ status: "running" }, { status: "done" }, { status: "failed" }, { status: "done" }],
    [
      ["At work", 1],
      ["Done", 2],
      ["Ended with an error", 1],
    ],
  ],
])("%s", (_, by, sessions, expected) => {
  const groups = grouped(sessions.map(row), by, now);
  expect(groups.map(({ label, sessions }) => [label, sessions.length])).toEqual(expected);
  expect(new Set(groups.map(({ id }) => id)).size).toBe(groups.length);
});
