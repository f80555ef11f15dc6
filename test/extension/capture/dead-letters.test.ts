import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { DeadLetters } from "../../../extension/capture/dead-letters.ts";
import { scratch } from "../../scratch.ts";

const letter = (n: number) => ({ line: JSON.stringify({ event: n }), reason: "not known" });

async function replayed(dead: DeadLetters): Promise<unknown[]> {
  const events: unknown[] = [];
  await dead.replay(async event => void events.push(event));
  return events;
}

test("letters are kept with their reason, counted, and come back as they came", async () => {
  await using folder = await scratch();
  const dead = new DeadLetters(folder.path);
  dead.add([letter(1), letter(2)]);
  expect(readFileSync(folder.at("dead-letters.ndjson"), "utf8")).toContain('"reason":"not known"');
  expect(new DeadLetters(folder.path).count).toBe(2);
  expect(await replayed(dead)).toEqual([{ event: 1 }, { event: 2 }]);
  expect([dead.count, await replayed(dead)]).toEqual([0, []]);
});

test("a line that the disk had no room to finish does not spoil the next", async () => {
  await using folder = await scratch({ "dead-letters.ndjson": '{"at":"2026-11-21","reason":"cut o' });
  const dead = new DeadLetters(folder.path);
  dead.add([letter(3)]);
  expect((await replayed(dead)).at(-1)).toEqual({ event: 3 });
});

test("a replay that was cut short is done first", async () => {
  await using folder = await scratch();
  const dead = new DeadLetters(folder.path);
  dead.add([letter(1)]);
  await expect(dead.replay(() => Promise.reject(new Error("no room")))).rejects.toThrow("no room");
  dead.add([letter(2)]);
  expect(await replayed(dead)).toEqual([{ event: 1 }]);
  expect(await replayed(dead)).toEqual([{ event: 2 }]);
});

test("the letters of a session are forgotten with it, also those of a replay that was cut short", async () => {
  await using folder = await scratch();
  const dead = new DeadLetters(folder.path);
  const of = (session: string) => ({ line: JSON.stringify({ session }), reason: "not known" });
  dead.add([of("aaaa-1"), of("bbbb-2")]);
  await dead.replay(() => Promise.reject(new Error("no room"))).catch(() => {});
  dead.add([of("aaaa-1"), of("cccc-3")]);
  dead.forget(["aaaa-1"]);
  expect([dead.count, await replayed(dead)]).toEqual([2, [{ session: "bbbb-2" }, { session: "cccc-3" }]]);
});
