import { expect, test } from "vitest";
import type { UsageBy, UsageWanted } from "../../../extension/questions.ts";
import { assistantLine, SESSION, userLine } from "../../lines.ts";
import { captured, MAIN, recorded } from "./recorded.ts";

const nano = (dollars: number) => Math.round(dollars * 1e9);
/** At noon of the user's own day, wherever that is. */
const on = (day: number) => ({ timestamp: new Date(2026, 10, day, 12).toISOString() });
const answered = (id: string, day: number, model: string, input_tokens: number) =>
  assistantLine(
    { id, model, usage: { input_tokens, output_tokens: 0 }, content: [{ type: "text", text: "Done." }] },
    on(day),
  );
const TEXT =
  userLine("Hello.", on(20)) +
  answered("m1", 20, "claude-opus-5-5", 100) +
  answered("m2", 21, "claude-opus-5-5", 20) +
  answered("m3", 22, "nobody-knows", 3);

test.each<[UsageBy, [name: string, requests: number, input: number, cost: number][]]>([
  [
    "day",
    [
      ["2026-11-20", 1, 100, 400_000],
      ["2026-11-21", 1, 20, 80_000],
      ["2026-11-22", 1, 3, 0],
    ],
  ],
  [
    "model",
    [
      ["claude-opus-5-5", 2, 120, 480_000],
      ["nobody-knows", 1, 3, 0],
    ],
  ],
  ["project", [["/home/sam/dev/shop", 3, 123, 480_000]]],
  ["agent", [["", 3, 123, 480_000]]],
  ["session", [[SESSION, 3, 123, 480_000]]],
])("by %s", async (by, rows) => {
  await using store = await recorded({ [MAIN]: TEXT });
  const found = store.usage({ by });
  expect(found.map(row => [row.name, row.requests, row.tokens.input, nano(row.costUsd)])).toEqual(rows);
  expect(found.reduce((sum, row) => sum + row.unpriced, 0)).toBe(1);
});

test.each([
  [{ from: "2026-11-21" }, ["2026-11-21", "2026-11-22"]],
  [{ to: "2026-11-21" }, ["2026-11-20", "2026-11-21"]],
  [{ from: "2026-11-21", to: "2026-11-21" }, ["2026-11-21"]],
  [{ from: "2026-11-23" }, []],
])("of the days %j", async (days, names) => {
  await using store = await recorded({ [MAIN]: TEXT });
  expect(store.usage({ by: "day", ...days }).map(row => row.name)).toEqual(names);
});

test.each<UsageBy>(["day", "model", "project", "agent", "session"])(
  "of real sessions, all that is told by %s adds up to everything together",
  async by => {
    await using store = await recorded(await captured("subagent-one", "multi-model", "resume-session"));
    const { requests, costUsd, tokens } = store.sessions.totals();
    const rows = store.usage({ by });
    const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((all, row) => all + of(row), 0);
    expect([sum(row => row.requests), nano(sum(row => row.costUsd))]).toEqual([requests, nano(costUsd)]);
    for (const bucket of Object.keys(tokens) as (keyof typeof tokens)[])
      expect(sum(row => row.tokens[bucket])).toBe(tokens[bucket]);
    expect(requests).toBeGreaterThan(10);
  },
);

test.each<[UsageBy, UsageBy]>([
  ["day", "model"],
  ["day", "project"],
  ["day", "agent"],
  ["project", "model"],
  ["session", "agent"],
])("by %s and %s, the pairs of one add up to it", async (by, and) => {
  await using store = await recorded(await captured("subagent-one", "multi-model", "resume-session"));
  const pairs = store.usage({ by, and });
  for (const whole of store.usage({ by })) {
    const parts = pairs.filter(({ name }) => name === whole.name);
    expect(nano(parts.reduce((sum, part) => sum + part.costUsd, 0))).toBe(nano(whole.costUsd));
  }
  expect(pairs.every(pair => pair.and !== undefined)).toBe(true);
});

test.each<[Partial<UsageWanted>, names: string[]]>([
  [{ model: "nobody-knows" }, ["2026-11-22"]],
  [{ project: "/home/sam/dev/shop" }, ["2026-11-20", "2026-11-21", "2026-11-22"]],
  [{ project: "/home/sam/dev" }, []],
  [{ within: "/home/sam/dev" }, ["2026-11-20", "2026-11-21", "2026-11-22"]],
  [{ within: "/home/sam/dev/shop\n/home/sam/other" }, ["2026-11-20", "2026-11-21", "2026-11-22"]],
  [{ within: "/home/sam/dev/sho" }, []],
  [{ agent: "Explore" }, []],
  [{ agent: "", model: "claude-opus-5-5" }, ["2026-11-20", "2026-11-21"]],
  [{ session: "another" }, []],
])("only %j", async (filter, names) => {
  await using store = await recorded({ [MAIN]: TEXT });
  expect(store.usage({ by: "day", ...filter }).map(row => row.name)).toEqual(names);
});

test("a folder that is not read any more does not count", async () => {
  await using store = await recorded({ [MAIN]: TEXT });
  store.db.run("update source set path = '/elsewhere' || path");
  expect(store.usage({ by: "day" })).toEqual([]);
});
