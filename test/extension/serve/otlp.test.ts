import { connect } from "node:net";
import { deflateSync, gzipSync } from "node:zlib";
import fastify from "fastify";
import { PbfReader } from "pbf";
import { afterAll, beforeEach, expect, test } from "vitest";
import type { Batch } from "../../../extension/capture/otlp/model.ts";
import { guard } from "../../../extension/serve/guard.ts";
import { LIMITS } from "../../../extension/serve/limits.ts";
import { otlpRoutes } from "../../../extension/serve/otlp.ts";
import { sentBy } from "../capture/otlp/fixtures.ts";
import { requests, TIME } from "../capture/otlp/requests.ts";
import { toProtobuf } from "../capture/otlp/to-protobuf.ts";

const MB = 1024 * 1024;
const JSON_TYPE = "application/json";
const PROTOBUF = "application/x-protobuf";

const received: Batch[] = [];
let full = false;
// As the real server's, but sooner: Node takes the longer of both for the whole request.
const limits = { requestTimeout: 200, http: { headersTimeout: 200, connectionsCheckingInterval: 40 } };
const server = fastify({ ...limits, forceCloseConnections: true });
server.addHook("onRequest", guard("right", LIMITS));
server.post("/v1/hooks", async ({ body }) => ({ body }));
otlpRoutes(server, async batch => {
  if (full) throw new Error("the disk is full");
  received.push(batch);
});
afterAll(() => server.close());
beforeEach(() => {
  received.length = 0;
  full = false;
});

const good = { host: "127.0.0.1:8317", authorization: "Bearer right" };

function post(url: string, type: string | undefined, body: Buffer | string, headers = {}) {
  const contentType = type === undefined ? {} : { "content-type": type };
  return server.inject({
    ...{ method: "POST", url, body },
    headers: { ...good, ...contentType, ...headers },
  });
}

/** The texts and numbers in a reply of protobuf, by their fields. */
function fields(body: Buffer): Record<string, unknown> {
  return new PbfReader(body).readFields((field, found: Record<string, unknown>, pbf) => {
    if (pbf.type === 0) found[field] = pbf.readVarint();
    else found[field] = pbf.readString();
  }, {});
}

const captured = [...sentBy("otlp-protobuf"), ...sentBy("otlp-all-content")];

test.each([
  ["as it is", {}, (body: Buffer) => body],
  ["in gzip", { "content-encoding": "gzip" }, gzipSync],
  ["in deflate", { "content-encoding": "Deflate" }, deflateSync],
])("takes all that Claude Code sends, %s", async (_, headers, packed) => {
  for (const { signal, form, body } of captured) {
    const type = form === "json" ? JSON_TYPE : PROTOBUF;
    const reply = await post(`/v1/${signal}`, type, packed(body), headers);
    expect(reply.statusCode).toBe(200);
    expect(reply.headers["content-type"]).toContain(type);
    expect(reply.body).toBe(form === "json" ? "{}" : "");
  }
  expect(received.map(batch => batch.signal)).toEqual(captured.map(({ signal }) => signal));
});

const log = { timeUnixNano: TIME };

test.each([
  ["logs", [log, {}], "rejectedLogRecords", "A log record has no time."],
  ["traces", [{}], "rejectedSpans", "A span has no valid traceId."],
  ["metrics", [{ summary: { dataPoints: [{}] } }], "rejectedDataPoints", expect.stringContaining("gauges")],
] as const)("tells what of %s it did not understand", async (signal, records, count, errorMessage) => {
  const request = requests[signal]([...records]);
  const json = await post(`/v1/${signal}`, JSON_TYPE, JSON.stringify(request));
  expect(json.statusCode).toBe(200);
  expect(json.json()).toEqual({ partialSuccess: { [count]: "1", errorMessage } });
  const protobuf = await post(`/v1/${signal}`, PROTOBUF, toProtobuf(signal, request));
  expect(protobuf.statusCode).toBe(200);
  const inner = protobuf.rawPayload.subarray(2);
  expect([...protobuf.rawPayload.subarray(0, 2)]).toEqual([0x0a, inner.length]);
  expect(fields(inner)).toEqual({ 1: 1, 2: errorMessage });
  expect(received).toHaveLength(records.length === 1 ? 0 : 2);
});

const logs = JSON.stringify(requests.logs([log]));

test.each<[string, string | undefined, Buffer | string, Record<string, string>, number]>([
  ["JSON with a charset", "Application/JSON; charset=utf-8", logs, {}, 200],
  ["protobuf by its other name", "application/protobuf", "", {}, 200],
  ["an empty request in JSON", JSON_TYPE, "{}", {}, 200],
  ["nothing, in protobuf", PROTOBUF, "", {}, 200],
  ["nothing, in JSON", JSON_TYPE, "", {}, 400],
  ["no JSON", JSON_TYPE, "hello", {}, 400],
  ["no protobuf", PROTOBUF, "hello", {}, 400],
  ["no gzip", JSON_TYPE, logs, { "content-encoding": "gzip" }, 400],
  ["half a gzip", JSON_TYPE, gzipSync(logs).subarray(0, 30), { "content-encoding": "gzip" }, 400],
  ["a form", "application/x-www-form-urlencoded", "a=1", {}, 415],
  ["a text", "text/plain", logs, {}, 415],
  ["a type of gRPC's", "application/grpc", logs, {}, 415],
  ["no type", undefined, Buffer.from(logs), {}, 415],
  ["nothing at all", undefined, "", {}, 415],
  ["no proper type", "json", logs, {}, 415],
  ["a type called like a method", "constructor", logs, {}, 415],
  ["brotli", JSON_TYPE, logs, { "content-encoding": "br" }, 415],
  ["gzip in gzip", JSON_TYPE, logs, { "content-encoding": "gzip, gzip" }, 415],
  ["an encoding called like a method", JSON_TYPE, logs, { "content-encoding": "constructor" }, 415],
  ["17 MB", JSON_TYPE, Buffer.alloc(17 * MB, " "), {}, 413],
  ["no token", JSON_TYPE, logs, { authorization: "" }, 401],
  ["a web page", JSON_TYPE, logs, { origin: "http://127.0.0.1:8317" }, 403],
])("answers to %s (%s)", async (_, type, body, headers, status) => {
  const reply = await post("/v1/logs", type, body, headers);
  expect(reply.statusCode).toBe(status);
  // What the guard refuses is not read, so that nobody knows its form.
  if ([200, 401, 403].includes(status) || body.length > 16 * MB) return;
  const isProtobuf = type === PROTOBUF;
  expect(reply.headers["content-type"]).toContain(isProtobuf ? PROTOBUF : JSON_TYPE);
  const told = isProtobuf ? fields(reply.rawPayload) : reply.json();
  expect(told).toEqual({ [isProtobuf ? "2" : "message"]: expect.stringMatching(/\w/) });
});

test("asks to come again when the records could not be stored", async () => {
  full = true;
  const reply = await post("/v1/logs", JSON_TYPE, logs);
  expect(reply.statusCode).toBe(503);
  expect(Number(reply.headers["retry-after"])).toBeGreaterThan(0);
  expect(reply.json()).toEqual({ message: "The records could not be stored: the disk is full" });
});

test("other routes take JSON as ever", async () => {
  const reply = await post("/v1/hooks", JSON_TYPE, '{"a":1}');
  expect(reply.json()).toEqual({ body: { a: 1 } });
});

test("a gigabyte of zeros in a megabyte is refused without being unpacked", async () => {
  const bomb = Buffer.concat(Array(64).fill(gzipSync(Buffer.alloc(16 * MB))));
  const before = process.memoryUsage().arrayBuffers;
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
  }, 1);
  const reply = await post("/v1/logs", JSON_TYPE, bomb, { "content-encoding": "gzip" });
  clearInterval(watch);
  expect(reply.statusCode).toBe(413);
  expect(peak).toBeGreaterThan(0); // others had their turn meanwhile
  expect(peak).toBeLessThan(64 * MB);
});

test("a body that never ends is given up", async () => {
  await server.listen({ host: "127.0.0.1", port: 0 });
  const { port } = server.server.address() as { port: number };
  const socket = connect(port, "127.0.0.1");
  let answer = "";
  socket.on("data", data => {
    answer += data;
  });
  const closed = new Promise(resolve => socket.once("close", resolve));
  const head = ["POST /v1/logs HTTP/1.1", "host: 127.0.0.1", "authorization: Bearer right"];
  socket.write([...head, `content-type: ${JSON_TYPE}`, "content-length: 100000", "", ""].join("\r\n"));
  const drip = setInterval(() => socket.write(" "), 10);
  await closed;
  clearInterval(drip);
  expect(answer).toMatch(/^HTTP\/1.1 408 /);
  expect(received).toEqual([]);
});
