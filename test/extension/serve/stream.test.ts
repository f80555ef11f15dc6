import { expect, test } from "vitest";
import { dial, head, serving } from "./serving.ts";

/** Follows the stream; `hints` are those heard so far, `id` is that of the last one. */
async function follow(port: number, lastId?: string) {
  const client = dial(port);
  client.send(head("GET /api/stream", lastId === undefined ? {} : { "Last-Event-ID": lastId }));
  await expect.poll(client.heard).toContain("welcome");
  return {
    ...client,
    hints: () => [...client.heard().matchAll(/data: (.*)\n/g)].map(([, json = ""]) => JSON.parse(json)),
    id: () => [...client.heard().matchAll(/^id: (.*)$/gm)].at(-1)?.[1] ?? "",
    [Symbol.dispose]: () => void client.socket.destroy(),
  };
}

const hint = (n: number) => ({ kind: "session" as const, session: `s${n}` });
const STATE = { kind: "state" };

test("every hint comes, to all who follow, under a number that grows", async () => {
  await using serve = serving();
  const port = await serve.listen();
  using one = await follow(port);
  using two = await follow(port);
  serve.hints.fire(hint(1));
  serve.hints.fire(hint(2));
  await expect
    .poll(() => [one.hints(), two.hints()])
    .toEqual([Array.of(hint(1), hint(2)), [hint(1), hint(2)]]);
  const numbers = [...one.heard().matchAll(/^id: (\w+)-(\d+)$/gm)].map(([, , number]) => Number(number));
  expect(numbers).toEqual([0, 1, 2]);
});

test("who comes back hears what it missed, and nothing twice", async () => {
  await using serve = serving();
  const port = await serve.listen();
  const before = await follow(port);
  serve.hints.fire(hint(1));
  await expect.poll(before.hints).toHaveLength(1);
  before.socket.destroy();
  serve.hints.fire(hint(2));
  serve.hints.fire(hint(3));
  using after = await follow(port, before.id());
  serve.hints.fire(hint(4));
  await expect.poll(after.hints).toEqual([hint(2), hint(3), hint(4)]);
});

test("who heard of nothing yet can come back too", async () => {
  await using serve = serving();
  const port = await serve.listen();
  const before = await follow(port);
  before.socket.destroy();
  serve.hints.fire(hint(1));
  using after = await follow(port, before.id());
  await expect.poll(after.hints).toEqual([hint(1)]);
});

test.each([
  ["of another owner", () => "abc-1"],
  ["that is none", () => "yesterday"],
  ["without a number", (id: string) => id.replace(/\d+$/, "")],
  ["from the future", (id: string) => id.replace(/\d+$/, "9999")],
  ["of so long ago that it is not kept", (id: string) => id.replace(/\d+$/, "1")],
])("after an id %s everything is to be asked again, once", async (_, make) => {
  await using serve = serving();
  const port = await serve.listen();
  const before = await follow(port);
  for (let n = 1; n <= 1002; n++) serve.hints.fire(hint(n));
  using after = await follow(port, make(before.id()));
  await expect.poll(after.hints).toEqual([STATE]);
  serve.hints.fire(hint(5));
  await expect.poll(after.hints).toEqual([STATE, hint(5)]);
  before.socket.destroy();
});

test("the last thousand are kept", async () => {
  await using serve = serving();
  const port = await serve.listen();
  const before = await follow(port);
  before.socket.destroy();
  for (let n = 1; n <= 1000; n++) serve.hints.fire(hint(n));
  using after = await follow(port, before.id());
  await expect.poll(() => after.hints().length).toBe(1000);
  expect(after.hints()).toEqual(Array.from({ length: 1000 }, (_, i) => hint(i + 1)));
});

test("who does not read is dropped, and others hear everything", async () => {
  await using serve = serving();
  const port = await serve.listen();
  using asleep = await follow(port);
  using awake = await follow(port);
  asleep.socket.pause();
  const long = { kind: "session" as const, session: "x".repeat(1_000_000) };
  const connections = () =>
    new Promise<number>(resolve => serve.server.server.getConnections((_error, count) => resolve(count)));
  let fired = 0;
  while ((await connections()) === 2 && fired < 100) {
    serve.hints.fire(long);
    fired++;
    await expect.poll(() => awake.heard().length, { interval: 1 }).toBeGreaterThan(fired * 1_000_000);
  }
  expect(await connections()).toBe(1);
  serve.hints.fire(hint(1));
  await expect.poll(() => awake.hints().at(-1)).toEqual(hint(1));
});

test("who left is forgotten, and the beat goes on for the others", async () => {
  await using serve = serving();
  const port = await serve.listen();
  const left = await follow(port);
  using stays = await follow(port);
  left.socket.destroy();
  await expect.poll(stays.heard).toContain(": beat\n\n");
  serve.hints.fire(hint(1));
  await expect.poll(stays.hints).toEqual([hint(1)]);
});
