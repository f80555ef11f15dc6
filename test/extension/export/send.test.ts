import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { send } from "../../../extension/export/send.ts";
import type { Trace } from "../../../extension/export/trace.ts";
import { prompt, step, trace } from "./sample.ts";

interface Got {
  headers: IncomingHttpHeaders;
  spans: { spanId: string }[];
}

/** A collector that answers as told, one after the other, and then well. */
async function collector(...answers: ((response: ServerResponse) => void)[]) {
  const got: Got[] = [];
  const server = createServer(async (request, response) => {
    const body = JSON.parse(gunzipSync(await buffer(request)).toString());
    got.push({ headers: request.headers, spans: body.resourceSpans[0].scopeSpans[0].spans });
    const answer = answers.shift() ?? (response => response.end("{}"));
    answer(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`);
  return { got, to: { url, headers: { "x-key": "mine" } }, [Symbol.dispose]: () => void server.close() };
}

const status = (code: number) => (response: ServerResponse) => void response.writeHead(code).end();

async function* traces(steps: number): AsyncGenerator<Trace> {
  yield trace([
    prompt(
      "do",
      Array.from({ length: steps }, (_, i) => step({ id: `step ${i}` })),
    ),
  ]);
}

test("spans go in batches, compressed, each once, with the headers asked for", async () => {
  using there = await collector();
  const sent = await send(traces(1200), there.to);
  expect(sent).toEqual({ sessions: 1, spans: 1202, rejected: 0, why: "" });
  expect(there.got.map(({ spans }) => spans.length)).toEqual([500, 500, 202]);
  expect(new Set(there.got.flatMap(({ spans }) => spans.map(({ spanId }) => spanId))).size).toBe(1202);
  expect(there.got[0]?.headers).toMatchObject({
    ...{ "content-type": "application/json", "content-encoding": "gzip", "x-key": "mine" },
  });
});

test("what can't be taken now is sent again, the same", async () => {
  using there = await collector(status(503), response => void response.destroy(), status(429));
  expect((await send(traces(3), there.to, 5)).spans).toBe(5);
  expect(there.got.length).toBe(4);
  expect(there.got[3]?.spans).toEqual(there.got[0]?.spans);
});

test.each([
  ["a wrong key", 401, /answered 401\. Give it the key it wants with --header/],
  ["a wrong address", 404, /answered 404/],
  ["another's address", 302, /did not take the spans/],
])("%s is told, and not tried for ever", async (_, code, words) => {
  const answer = (response: ServerResponse) =>
    void response.writeHead(code, { location: "http://127.0.0.1:9/" }).end();
  using there = await collector(...Array(9).fill(answer));
  await expect(send(traces(1), there.to, 1)).rejects.toThrow(words);
});

test("nobody there is told, with what happens if one sends again", async () => {
  const to = { url: new URL("http://127.0.0.1:9/v1/traces"), headers: {} };
  await expect(send(traces(1), to, 1)).rejects.toThrow(
    /http:\/\/127\.0\.0\.1:9 did not take .* doubles nothing/,
  );
});

test("spans that the other side does not want are counted", async () => {
  using there = await collector(response =>
    response.end(JSON.stringify({ partialSuccess: { rejectedSpans: "2", errorMessage: "too old" } })),
  );
  expect(await send(traces(3), there.to)).toMatchObject({ spans: 5, rejected: 2, why: "too old" });
});
