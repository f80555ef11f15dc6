import { expect, test, vi } from "vitest";
import type { Endpoint } from "../../../extension/export/endpoint.ts";
import { Outbox } from "../../../extension/export/outbox.ts";
import { send } from "../../../extension/export/send.ts";
import { scratch } from "../../scratch.ts";
import { collector, status } from "./collector.ts";
import { prompt, step, trace } from "./sample.ts";

const PATIENCE = { tries: 5, pauseMs: 5 };

/** Sessions of so many steps each, whose outputs are so long. */
function sessions(steps: number, result = "") {
  const calls = Array.from({ length: steps }, (_, i) => step({ id: `step ${i}`, result }));
  return { of: async (id: string) => trace([prompt("do", calls)], { id }) };
}

async function sending(to: Endpoint, ids: string[], traces = sessions(3)) {
  const home = await scratch();
  const outbox = new Outbox(home.path, to, "all");
  const sent = send(ids, traces, to, outbox, PATIENCE).catch((error: Error) => error);
  return {
    sent: await sent,
    waiting: await outbox.waiting(),
    [Symbol.asyncDispose]: home[Symbol.asyncDispose],
  };
}

test.each(["protobuf", "json"] as const)(
  "as %s spans go compressed, each once, with the headers asked for",
  async form => {
    using there = await collector();
    await using result = await sending({ ...there.to, form }, ["a"], sessions(1200));
    expect(result.sent).toEqual({ sessions: 1, spans: 1202, rejected: 0, why: "" });
    expect(there.got.map(({ spans }) => spans.length)).toEqual([500, 500, 202]);
    expect(new Set(there.got.flatMap(({ spans }) => spans.map(({ spanId }) => spanId))).size).toBe(1202);
    expect(there.got[0]?.headers).toMatchObject({
      ...{ "content-type": form === "json" ? "application/json" : "application/x-protobuf" },
      ...{ "content-encoding": "gzip", "x-key": "mine" },
    });
  },
);

test("both ways of writing them tell the same", async () => {
  using there = await collector();
  const traces = sessions(3, "größer 日本 😀");
  await using _ = await sending({ ...there.to, form: "protobuf" }, ["a"], traces);
  await using __ = await sending({ ...there.to, form: "json" }, ["a"], traces);
  expect(there.got[0]?.spans).toEqual(there.got[1]?.spans);
  expect(there.got[0]?.spans.length).toBe(5);
});

test("a batch is no larger than the strictest takes; what is larger by itself goes alone", async () => {
  using there = await collector();
  const long = "é".repeat(150_000);
  await using result = await sending(there.to, ["a"], sessions(7, long));
  expect(result.sent).toMatchObject({ spans: 9 });
  expect(there.got.map(({ spans }) => spans.length)).toEqual([5, 3, 1]);
  expect(Math.max(...there.got.map(({ bytes }) => bytes))).toBeLessThan(1_000_000);
  await using huge = await sending(there.to, ["b"], sessions(2, long.repeat(4)));
  expect(huge.sent).toMatchObject({ spans: 4 });
});

test("what can't be taken now is sent again, the same", async () => {
  const hangUp = (response: { destroy(): unknown }) => void response.destroy();
  using there = await collector(status(503), hangUp, status(429));
  await using result = await sending(there.to, ["a"]);
  expect(result.sent).toMatchObject({ spans: 5 });
  expect(there.got.length).toBe(4);
  expect(there.got[3]?.spans).toEqual(there.got[0]?.spans);
});

test.each([
  ["in seconds", () => "1"],
  ["as a date", () => new Date(Date.now() + 2000).toUTCString()],
])("who wants to be left alone, %s, is", async (_, after) => {
  using there = await collector(status(503, { "retry-after": after() }));
  const start = performance.now();
  await using result = await sending(there.to, ["a"]);
  expect(result.sent).toMatchObject({ spans: 5 });
  expect(performance.now() - start).toBeGreaterThan(700);
});

test("who wants to be left alone for longer is, and the sessions wait", async () => {
  using there = await collector(status(429, { "retry-after": "3600" }));
  await using result = await sending(there.to, ["a", "b"]);
  expect(String(result.sent)).toContain("left alone for 1 h 00 min");
  expect(result.waiting).toEqual(["a", "b"]);
});

test.each([
  ["a wrong key", 401, /answered 401\. It wants a key/],
  ["a wrong address", 404, /answered 404/],
  ["another's address", 302, /did not take the spans/],
])("%s is told, and not tried for ever", async (_, code, words) => {
  const refuse = status(code, { location: "http://127.0.0.1:9/" });
  using there = await collector(...Array(9).fill(refuse));
  await using result = await sending(there.to, ["a"]);
  expect(String(result.sent)).toMatch(words);
  expect(String(result.sent)).not.toContain("mine");
});

test("what was not delivered waits: by its words and its address, and not what was", async () => {
  using there = await collector();
  await using home = await scratch();
  const outbox = new Outbox(home.path, there.to, "all");
  there.answers.push(response => response.end(), ...Array(PATIENCE.tries).fill(status(503)));
  await expect(send(["a", "b", "c"], sessions(3), there.to, outbox, PATIENCE)).rejects.toThrow(/503/);
  expect(await outbox.waiting()).toEqual(["b", "c"]);
  expect(await new Outbox(home.path, there.to, "none").waiting()).toEqual([]);
  expect(await new Outbox(home.path, { url: new URL("http://else.test") }, "all").waiting()).toEqual([]);
  await send(await outbox.waiting(), sessions(3), there.to, outbox, PATIENCE);
  expect(await outbox.waiting()).toEqual([]);
  const taken = there.got.slice(0, 1).concat(there.got.slice(1 + PATIENCE.tries));
  expect(taken.map(({ spans }) => spans[0]?.attributes["gen_ai.conversation.id"])).toEqual(["a", "b", "c"]);
});

test.each([
  ["protobuf", Buffer.from([0x0a, 0x0b, 0x08, 0x02, 0x12, 0x07, ...Buffer.from("too old")])],
  ["json", JSON.stringify({ partialSuccess: { rejectedSpans: "2", errorMessage: "too old" } })],
])("spans that the other side does not want are counted, which it says as %s", async (form, body) => {
  const type = form === "json" ? "application/json" : "application/x-protobuf";
  using there = await collector(response => response.setHeader("content-type", type).end(body));
  await using result = await sending(there.to, ["a"]);
  expect(result.sent).toMatchObject({ spans: 5, rejected: 2, why: "too old" });
  expect(result.waiting).toEqual([]);
});

vi.setConfig({ testTimeout: 20_000 });
