import { expect, test } from "vitest";
import type { AlertRule } from "../../../extension/alert.ts";
import { chance } from "../chance.ts";
import { costs, MINUTE, NOON, steps, watched, works } from "./watched.ts";

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const day: AlertRule = { name: "Day", kind: "cost", threshold: 10, window: "day", early: true };
const errors: AlertRule = { name: "Errors", kind: "error_rate", threshold: 50, window: "15m" };
const silent: AlertRule = { name: "Silent", kind: "agent_silent", threshold: 10 };

test("a cost is near, then over, each once, and another day begins anew", async () => {
  await using it = await watched([day]);
  it.tell(...costs("a", NOON, 7.9));
  expect(await it.words()).toEqual([]);
  it.tell(...costs("a", NOON, 0.2));
  it.tell(...costs("b", NOON, 1));
  expect(await it.words()).toEqual(["Day near all"]);
  it.tell(...costs("b", NOON, 2));
  it.tell(...costs("b", NOON, 20));
  expect(await it.words()).toEqual(["Day over all", "Day near all ended"]);
  it.clock.pass(DAY); // nobody works, and still it ends
  expect(await it.words()).toEqual(["Day over all ended", "Day near all ended"]);
  it.tell(...costs("b", it.clock.now(), 12));
  expect((await it.words())[0]).toBe("Day over all");
  expect(await it.alerts().history({ open: "yes" })).toMatchObject([
    { value: 12, threshold: 10, window: "day" },
  ]);
});

test("midnight is waited for, and nothing is asked in between", async () => {
  await using it = await watched([day]);
  it.tell(...costs("a", NOON, 12));
  expect(it.clock.next).toBe(12 * HOUR - 1000);
});

test.each<[Partial<AlertRule>, string[]]>([
  [{ per: "project", window: "month" }, ["Cost over /home/sam/dev/shop"]],
  [{ per: "model" }, ["Cost over claude-opus-5-5"]],
  [{ per: "session" }, ["Cost over b", "Cost over a"]],
  [{ per: "session", threshold: 7 }, ["Cost over b"]],
  [{ scope: { model: "claude-haiku-4-5" } }, []],
  [{ scope: { project: "/home/sam/dev" }, window: "week" }, ["Cost over all"]],
  [{ scope: { project: "/home/sam/de" } }, []],
])("costs by %j", async (more, words) => {
  await using it = await watched([{ name: "Cost", kind: "cost", threshold: 5, ...more }]);
  it.tell(...costs("a", NOON, 6), ...costs("b", NOON, 8), ...costs("c", NOON, 1, "claude-haiku-4-5"));
  expect((await it.words()).sort()).toEqual(words.toSorted());
});

test("what a session cost is told once in its life, and old sessions are no news", async () => {
  await using it = await watched([{ name: "Cost", kind: "cost", threshold: 5, per: "session" }]);
  it.tell(...costs("old", NOON - 2 * HOUR, 50), ...costs("a", NOON, 6));
  expect(await it.words()).toEqual(["Cost over a"]);
  it.clock.pass(2 * HOUR);
  expect(await it.words()).toEqual(["Cost over a ended"]);
  it.tell(...costs("a", it.clock.now(), 1));
  expect(await it.words()).toEqual(["Cost over a ended"]);
});

test("a limit that is raised ends what is well below it, and one that is taken away ends all", async () => {
  await using it = await watched([{ ...day, early: false }]);
  it.tell(...costs("a", NOON, 12));
  await it.replace({ rules: [{ ...day, early: false, threshold: 14 }] });
  expect(await it.words()).toEqual(["Day over all"]);
  await it.replace({ rules: [{ ...day, early: false, threshold: 20 }] });
  expect(await it.words()).toEqual(["Day over all ended"]);
  await it.replace({ rules: [{ ...day, early: false, threshold: 5 }] });
  await it.replace({ rules: [] });
  expect(await it.words()).toEqual(["Day over all ended", "Day over all ended"]);
});

test("a terminal that records into an editor's store leaves its alerts alone", async () => {
  await using it = await watched([day]);
  it.tell(...costs("a", NOON, 12));
  await it.replace("none");
  it.tell(...costs("a", NOON, 1));
  expect(await it.words()).toEqual(["Day over all"]);
  expect(await it.alerts().rules()).toEqual({ from: "settings", rules: [] });
  await expect(it.alerts().put(day)).rejects.toMatchObject({ statusCode: 409 });
  await it.replace();
  expect(await it.words()).toEqual(["Day over all"]);
});

test.each<[string, number, number, "tool" | "user", string[]]>([
  ["few steps say nothing", 9, 9, "tool", []],
  ["half of ten", 10, 5, "tool", ["Errors over all"]],
  ["less than half", 11, 5, "tool", []],
  ["what the user stopped did not fail", 10, 10, "user", []],
])("of the steps failed: %s", async (_, many, failed, type, words) => {
  await using it = await watched([errors]);
  it.tell(works("a", NOON), ...steps("a", NOON, many, failed, type));
  expect(await it.words()).toEqual(words);
});

test("errors that go by out of the window end an alert, and a trembling share does not tell twice", async () => {
  await using it = await watched([errors]);
  it.tell(works("a", NOON), ...steps("a", NOON, 20, 10));
  it.tell(...steps("a", NOON + MINUTE, 3, 0)); // 43 %
  it.tell(...steps("a", NOON + MINUTE, 4, 4)); // 52 %
  expect(await it.words()).toEqual(["Errors over all"]);
  it.clock.pass(20 * MINUTE);
  expect(await it.words()).toEqual(["Errors over all ended"]);
});

test("errors of each session by itself", async () => {
  await using it = await watched([{ ...errors, per: "session" }]);
  it.tell(works("a", NOON), works("b", NOON), ...steps("a", NOON, 10, 9), ...steps("b", NOON, 90, 1));
  expect(await it.words()).toEqual(["Errors over a"]);
});

test("an agent that says nothing for ten minutes is told of to the second, until it is heard of", async () => {
  await using it = await watched([silent]);
  it.tell(works("a", NOON));
  expect(it.clock.next).toBe(10 * MINUTE - 1000);
  it.clock.pass(10 * MINUTE - 1001);
  expect(await it.words()).toEqual([]);
  it.clock.pass(1);
  it.clock.pass(30 * MINUTE);
  expect(await it.words()).toEqual(["Silent over a"]);
  it.tell(...steps("a", it.clock.now(), 1, 0), works("a", it.clock.now()));
  expect(await it.words()).toEqual(["Silent over a ended"]);
  it.clock.pass(11 * MINUTE);
  expect(await it.words()).toEqual(["Silent over a", "Silent over a ended"]);
});

test.each<["answered" | "asking" | "failed"]>([["answered"], ["asking"], ["failed"]])(
  "an agent that has %s may be silent",
  async mood => {
    await using it = await watched([silent]);
    it.tell(works("a", NOON), { kind: "session", session: "a", at: NOON + 1, mood });
    it.clock.pass(HOUR);
    expect(await it.words()).toEqual([]);
  },
);

test("that an agent was left hours ago is no news when a recorder starts", async () => {
  await using it = await watched([silent]);
  it.tell(works("left", NOON - 3 * HOUR), works("just", NOON - 20 * MINUTE));
  expect(await it.words()).toEqual(["Silent over just"]);
});

test("while transcripts are still read nothing is judged", async () => {
  await using it = await watched([day]);
  it.setReady(false);
  it.tell(...costs("a", NOON, 12));
  expect(await it.words()).toEqual([]);
  it.setReady(true);
  it.tell();
  expect(await it.words()).toEqual(["Day over all"]);
});

test.each([1, 2, 3])(
  "whoever records, and however often that changes, the same is told (seed %i)",
  async seed => {
    const rules = [
      ...[day, { ...errors, per: "session" as const }, silent],
      { name: "Dear", kind: "cost" as const, threshold: 4, per: "session" as const },
    ];
    await using steady = await watched(rules);
    await using changing = await watched(rules);
    const random = chance(seed);
    for (let i = 0; i < 60; i++) {
      const at = steady.clock.now();
      const session = random.pick(["a", "b", "c"]);
      const happened = random.pick([
        () => costs(session, at, random.below(30) / 10),
        () => [works(session, at), ...steps(session, at, 4, random.below(5))],
        () => [{ kind: "session" as const, session, at, mood: "answered" as const }],
      ])();
      const pause = random.below(20) * MINUTE;
      const isReplaced = random.next() < 0.3;
      for (const it of [steady, changing]) it.tell(...happened);
      // Which a look follows as well.
      if (isReplaced) await changing.replace();
      else changing.clock.pass(1000);
      steady.clock.pass(1000);
      for (const it of [steady, changing]) it.clock.pass(pause);
    }
    expect(await changing.words()).toEqual(await steady.words());
    expect((await steady.words()).length).toBeGreaterThan(15);
  },
);
