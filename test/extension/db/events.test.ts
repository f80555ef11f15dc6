import { afterEach, beforeEach, expect, test } from "vitest";
import { Prices } from "../../../extension/clean/prices.ts";
import { Events } from "../../../extension/db/events.ts";
import { Store } from "../../../extension/db/store.ts";
import { openScratch } from "./open-scratch.ts";

let folder: Awaited<ReturnType<typeof openScratch>>;
let events: Events;

beforeEach(async () => {
  folder = await openScratch();
  events = new Events(folder.db, new Store(folder.db), new Prices());
});

afterEach(() => folder[Symbol.asyncDispose]());

const good = (id: string) =>
  JSON.stringify({
    ...{ kind: "hook", at: 1000 },
    body: { session_id: "s", hook_event_name: "PreToolUse", tool_use_id: id, tool_name: "Bash" },
  });
const steps = () => folder.db.all<{ id: string }>("select id from step order by id").map(row => row.id);

test.each([
  ["what is no JSON", "{half", "JSON"],
  [
    "a kind from the future",
    '{"kind":"dream","at":1,"body":{}}',
    "An event of kind dream is not understood.",
  ],
  ["a hook without a session", '{"kind":"hook","at":1,"body":{}}', "no session or name"],
  ["one without a body", '{"kind":"hook","at":1}', "kind hook is not understood"],
])("%s waits, and holds up nobody", (_, line, reason) => {
  expect([...events.take([good("a"), line, good("b")], 0)]).toEqual(["s"]);
  expect(steps()).toEqual(["a", "b"]);
  expect(folder.db.all("select line, tries, due, reason from retry")).toEqual([
    { line, tries: 1, due: 1000, reason: expect.stringContaining(reason) },
  ]);
});

test("it is tried again, after longer and longer, and then given up for good", () => {
  events.take(["{half"], 0);
  const tries: number[] = [];
  const dead: { line: string; reason: string }[] = [];
  for (let due = events.nextDue(); due !== undefined; due = events.nextDue()) {
    tries.push(due);
    events.retry(due - 1, letters => dead.push(...letters));
    expect(events.nextDue()).toBe(due);
    events.retry(due, letters => dead.push(...letters));
  }
  expect(tries).toEqual([1000, 5000, 21_000, 85_000]);
  expect(dead).toEqual([{ line: "{half", reason: expect.stringContaining("JSON") }]);
});

test("if giving up fails, the event is still there", () => {
  events.take(["{half"], 0);
  for (const due of [1000, 5000, 21_000]) events.retry(due, () => {});
  const fail = () => {
    throw new Error("the disk is full");
  };
  expect(() => events.retry(85_000, fail)).toThrow("the disk is full");
  expect(events.nextDue()).toBe(85_000);
});

test("what is understood at the second try is stored", () => {
  events.take(["{half"], 0);
  folder.db.run("update retry set line = ?", [good("late")]);
  expect([...events.retry(1000, () => {})]).toEqual(["s"]);
  expect([steps(), events.nextDue()]).toEqual([["late"], undefined]);
});

test("when the store itself can't take anything, nothing is put aside: the inbox keeps it", () => {
  folder.db.onTrouble = () => {};
  folder.db.exec("pragma query_only = on");
  expect(() => events.take([good("a")], 0)).toThrow();
  folder.db.exec("pragma query_only = off");
  expect([steps(), events.nextDue()]).toEqual([[], undefined]);
});
