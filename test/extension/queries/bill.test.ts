import { expect, test } from "vitest";
import { captured, recorded } from "./recorded.ts";

const nano = (dollars: number) => Math.round(dollars * 1e9);
const sum = <T>(rows: T[], of: (row: T) => number) => rows.reduce((all, row) => all + of(row), 0);
const CAPTURES = ["subagent-one", "multi-model", "resume-session", "bash-fail-retry", "git-flavours"];

test("sessions, tools and hours of real sessions each add up to everything together", async () => {
  await using store = await recorded(await captured(...CAPTURES));
  const { costUsd } = store.sessions.totals();
  const sessions = store.bill({});
  const bill = await store.breakdown({});
  expect(sessions.length).toBeGreaterThan(4);
  expect(nano(sum(sessions, row => row.costUsd))).toBe(nano(costUsd));
  expect(nano(sum(bill.tools, row => row.costUsd))).toBe(nano(costUsd));
  expect(nano(sum(bill.hours, hour => hour))).toBe(nano(costUsd));
  expect(bill.hours).toHaveLength(168);
});

test("what is told of each day, model, agent and project adds up, too", async () => {
  await using store = await recorded(await captured(...CAPTURES));
  const { costUsd } = store.sessions.totals();
  for (const by of ["model", "agent", "project", "session"] as const) {
    const bills = await Promise.all(store.usage({ by }).map(({ name }) => store.breakdown({ [by]: name })));
    const found = sum(bills, ({ tools }) => sum(tools, tool => tool.costUsd));
    expect([by, nano(found)]).toEqual([by, nano(costUsd)]);
  }
  const days = store.usage({ by: "day" }).map(({ name }) => store.bill({ from: name, to: name }));
  expect(nano(sum(days, sessions => sum(sessions, row => row.costUsd)))).toBe(nano(costUsd));
});

test("a session counts with its title, lines and commits, and what is not attributed once", async () => {
  await using store = await recorded(await captured("git-flavours", "compact-manual"));
  const sessions = store.bill({});
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
  expect(sum(after.tools, tool => tool.calls)).toBeGreaterThan(sum(before.tools, tool => tool.calls));
  expect(nano(sum(after.tools, tool => tool.costUsd))).toBe(nano(store.sessions.totals().costUsd));
});
