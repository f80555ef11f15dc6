import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeCorpus } from "../../bench/index/corpus/corpus.ts";
import { KINDS } from "../../bench/index/corpus/ledger.ts";
import { scratch } from "../../scratch.ts";
import { captured, recorded } from "./recorded.ts";

const nano = (dollars: number) => Math.round(dollars * 1e9);
const sum = <T>(rows: T[], of: (row: T) => number) => rows.reduce((all, row) => all + of(row), 0);
const CAPTURES = [
  "subagent-one",
  "multi-model",
  "resume-session",
  "bash-fail-retry",
  "git-flavours",
  "slash-command",
  "mcp-tool",
  "fork-session",
  "no-git",
];

const BY = ["project", "branch", "model", "agent", "skill", "tool", "server"] as const;
const cost = (row: { costUsd: number }) => row.costUsd;

test("whatever real sessions are told apart by, it adds up to everything together", async () => {
  await using store = await recorded(await captured(...CAPTURES));
  const { costUsd, tokens, requests } = store.sessions.totals();
  const { by, hours, buckets, windows, came } = await store.breakdown({ also: "branch" });
  const sessions = await store.bill({});
  expect(sessions.length).toBeGreaterThan(5);
  const lists = { ...by, sessions, buckets, windows, hours: hours.map(costUsd => ({ costUsd })) };
  for (const [name, list] of Object.entries(lists))
    expect([name, nano(sum(list, cost))]).toEqual([name, nano(costUsd)]);
  for (const name of BY) expect([name, sum(by[name], row => row.requests)]).toEqual([name, requests]);
  expect(buckets).toMatchObject(
    Object.entries(tokens)
      .map(([name, tokens]) => ({ name, tokens }))
      .concat({ name: "webSearches", tokens: expect.any(Number) }),
  );
  expect(hours).toHaveLength(168);
  expect(came.sessions).toBe(sessions.length);
});

test("a made-up corpus costs what it was made up to cost", async () => {
  await using home = await scratch();
  const wish = { bytes: 3_000_000, seed: 11, now: Date.parse("2026-11-21T09:00:00Z") };
  const { claude, truth } = writeCorpus({ ...wish, folder: home.path });
  const names = readdirSync(claude, { recursive: true, encoding: "utf8" }).filter(name =>
    /jsonl?$/.test(name),
  );
  const files = names.map(name => [name, readFileSync(join(claude, name), "utf8")]);
  await using store = await recorded(Object.fromEntries(files));
  const { by, buckets, came } = await store.breakdown({});
  const models = Object.entries(truth.models).map(([name, { cost, requests }]) => [name, cost, requests]);
  expect(by.model.map(({ name, costUsd, requests }) => [name, nano(costUsd), requests]).sort()).toEqual(
    models.sort(),
  );
  const whole = (kind: (typeof KINDS)[number]) => sum(Object.values(truth.models), spent => spent[kind]);
  const tokens = buckets.map(bucket => [bucket.name, bucket.tokens]);
  expect(tokens).toEqual([...KINDS.map(kind => [kind, whole(kind)]), ["webSearches", 0]]);
  expect([came.sessions, came.lines]).toEqual([truth.sessions, truth.linesAdded + truth.linesRemoved]);
});

test("what is told of days is what usage tells", async () => {
  await using store = await recorded(await captured(...CAPTURES));
  for (const stack of ["project", "model", "agent"] as const) {
    const { days, by } = await store.breakdown({ stack });
    const told = days.map(({ day, name, costUsd }) => [day, name, nano(costUsd)]).sort();
    const used = store.usage({ by: "day", and: stack }).filter(row => row.requests > 0);
    expect(told).toEqual(used.map(row => [row.name, row.and, nano(row.costUsd)]).sort());
    const rows = store.usage({ by: stack }).filter(row => row.requests > 0);
    expect(by[stack].map(({ name, requests }) => [name, requests]).sort()).toEqual(
      rows.map(({ name, requests }) => [name, requests]).sort(),
    );
  }
});

test.each(BY)("a row of those by %s is what is left of all else when only that is wanted", async by => {
  await using store = await recorded(await captured(...CAPTURES));
  const all = await store.breakdown({ also: "branch" });
  expect(all.by[by].length).toBeGreaterThan(1);
  for (const { name, costUsd, requests } of all.by[by]) {
    const only = await store.breakdown({ [by]: name });
    const lists = { ...only.by, buckets: only.buckets, sessions: await store.bill({ [by]: name }) };
    const found = Object.values(lists).map(list => nano(sum(list, cost)));
    expect([name, ...new Set(found)]).toEqual([name, nano(costUsd)]);
    expect(sum(only.by.model, row => row.requests)).toBe(requests);
  }
});

test("the dearest sessions stand first, as many as are wanted", async () => {
  await using store = await recorded(await captured(...CAPTURES));
  const all = await store.bill({});
  expect(all.map(cost)).toEqual(all.map(cost).toSorted((a, b) => b - a));
  expect(await store.bill({ limit: 2 })).toEqual(all.slice(0, 2));
});

test("a session counts with its title, lines and commits, and what is not attributed once", async () => {
  await using store = await recorded(await captured("git-flavours", "compact-manual"));
  const sessions = await store.bill({});
  const listed = store.sessions.list();
  expect(
    sessions
      .map(({ session, commits, linesAdded, unattributedUsd }) => [
        session.title,
        commits,
        linesAdded,
        unattributedUsd,
      ])
      .sort(),
  ).toEqual(
    listed
      .map(({ title, commits, linesAdded, unattributedUsd }) => [title, commits, linesAdded, unattributedUsd])
      .sort(),
  );
  expect(sum(sessions, row => row.commits)).toBeGreaterThan(1);
  expect(sum(sessions, row => row.unattributedUsd)).toBeGreaterThan(0);
});

test("is found anew when a session went on", async () => {
  const [[name = "", text = ""] = []] = Object.entries(await captured("resume-session"));
  const lines = text.split(/(?<=\n)/);
  await using store = await recorded({ [name]: lines.slice(0, 30).join("") });
  const before = await store.breakdown({});
  await store.write(name, text);
  await store.read();
  const after = await store.breakdown({});
  expect(sum(after.by.tool, tool => tool.calls)).toBeGreaterThan(sum(before.by.tool, tool => tool.calls));
  expect(nano(sum(after.by.tool, cost))).toBe(nano(store.sessions.totals().costUsd));
});
