import { once } from "node:events";
import { connect } from "node:net";
import { status } from "@grpc/grpc-js";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Batch, OtlpSignal } from "../../../extension/capture/otlp/model.ts";
import type { GrpcServer } from "../../../extension/serve/grpc.ts";
import { startGrpc } from "../../../extension/serve/start-grpc.ts";
import { sentBy } from "../capture/otlp/fixtures.ts";
import { requests, TIME } from "../capture/otlp/requests.ts";
import { toProtobuf } from "../capture/otlp/to-protobuf.ts";
import { chance } from "../chance.ts";
import { sendGrpc } from "./send-grpc.ts";

const MB = 1024 * 1024;
const GZIP = { "grpc.default_compression_algorithm": 2 };

const received: Batch[] = [];
let full = false;
const start = (port: number) =>
  startGrpc({
    ...{ port, token: "right", load: () => import("../../../extension/serve/grpc.ts") },
    receive: async batch => {
      if (full) throw new Error("the disk is full");
      received.push(batch);
    },
  });

let server: GrpcServer;
beforeAll(async () => {
  server = await start(0);
});
afterAll(() => server.close());
beforeEach(() => {
  received.length = 0;
  full = false;
});

const send = (signal: OtlpSignal, body: Buffer, token = "Bearer right", options = {}) =>
  sendGrpc(server.port, signal, body, token, options);

const captured = sentBy("otlp-grpc");

test.each([
  ["as it is", {}],
  ["in gzip", GZIP],
])("takes all that Claude Code sends, %s", async (_, options) => {
  for (const { signal, body } of captured)
    expect(await send(signal, body, "Bearer right", options)).toEqual(Buffer.alloc(0));
  expect(received.map(batch => batch.signal)).toEqual(captured.map(({ signal }) => signal));
});

const logs = toProtobuf("logs", requests.logs([{ timeUnixNano: TIME }]));

test.each<[string, Buffer, string, object, number]>([
  ["no token", logs, "", {}, status.UNAUTHENTICATED],
  ["a wrong token", logs, "Bearer wrong", {}, status.UNAUTHENTICATED],
  ["a token that only begins right", logs, "Bearer righty", {}, status.UNAUTHENTICATED],
  ["15 MB without a token", Buffer.alloc(15 * MB), "", {}, status.UNAUTHENTICATED],
  ["17 MB", Buffer.alloc(17 * MB), "Bearer right", {}, status.RESOURCE_EXHAUSTED],
  ["64 MB of zeros in gzip", Buffer.alloc(64 * MB), "Bearer right", GZIP, status.RESOURCE_EXHAUSTED],
  ["garbage", Buffer.from("hello"), "Bearer right", {}, status.INVALID_ARGUMENT],
])("refuses %s", async (_, body, token, options, code) => {
  expect(await send("logs", body, token, options)).toBe(code);
  expect(received).toEqual([]);
  expect(await send("logs", logs)).toEqual(Buffer.alloc(0));
});

test("tells what it did not understand", async () => {
  const reply = await send("logs", toProtobuf("logs", requests.logs([{ timeUnixNano: TIME }, {}])));
  const why = "A log record has no time.";
  const partial = Buffer.from([0x08, 1, 0x12, why.length, ...Buffer.from(why)]);
  expect(reply).toEqual(Buffer.from([0x0a, partial.length, ...partial]));
  expect(received).toMatchObject([{ records: [{}] }]);
});

test("asks to come again when the records could not be stored", async () => {
  full = true;
  expect(await send("logs", logs)).toBe(status.UNAVAILABLE);
});

test("300 spoiled bodies are taken or refused", async () => {
  const random = chance(11);
  const codes = new Set<string>();
  for (let left = 300; left > 0; left--) {
    const { signal, body } = random.pick(captured);
    const spoiled = Buffer.from(body.subarray(0, 1 + random.below(2 * body.length)));
    spoiled[random.below(spoiled.length)] = random.below(256);
    const reply = await send(signal, spoiled, "Bearer right", random.below(2) ? GZIP : {});
    codes.add(typeof reply === "number" ? String(status[reply]) : "OK");
  }
  expect(codes).toEqual(new Set(["OK", "INVALID_ARGUMENT"]));
});

test("a caller that speaks no gRPC does no harm", async () => {
  const socket = connect(server.port, "127.0.0.1").resume();
  socket.on("error", () => {});
  socket.end("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n");
  await once(socket, "close");
  expect(await send("logs", logs)).toEqual(Buffer.alloc(0));
});

test("says so when its port is taken, and gives it back at the end", async () => {
  const first = await start(0);
  await expect(start(first.port)).rejects.toThrow(`can't use port ${first.port}`);
  first.close();
  const second = await start(first.port);
  expect(second.port).toBe(first.port);
  second.close();
});
