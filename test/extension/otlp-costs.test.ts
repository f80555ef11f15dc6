import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { tokenOf } from "../../extension/base/token.ts";
import { scratch } from "../scratch.ts";
import { type Capture, type Sent, sentBy } from "./capture/otlp/fixtures.ts";
import { CAPTURES } from "./captured.ts";
import { openOwner } from "./open-owner.ts";
import { send } from "./post-hook.ts";
import { sendGrpc } from "./serve/send-grpc.ts";

vi.setConfig({ testTimeout: 30_000 });

/** A port that nobody has just now. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}

type Way = (dataDir: string, sent: Sent, grpcPort: number) => Promise<unknown>;
const http =
  (type: string): Way =>
  (dataDir, { signal, body }) =>
    send(dataDir, `/v1/${signal}`, Buffer.from(body), type);
const grpc: Way = (dataDir, { signal, body }, port) =>
  sendGrpc(port, signal, body, `Bearer ${tokenOf(dataDir)}`);

// All that the client sent, its metrics and spans too, byte by byte and twice, by the way that it went.
test.each<[Capture, Way, unknown]>([
  ["otlp-all-content", http("application/json"), 200],
  ["otlp-protobuf", http("application/x-protobuf"), 200],
  ["otlp-grpc", grpc, Buffer.alloc(0)],
])("%s: telemetry alone costs what was served, to the billionth of a dollar", async (name, way, accepted) => {
  const { cost, sessions } = JSON.parse(readFileSync(join(CAPTURES, name, "expected.json"), "utf8"));
  const grpcPort = await freePort();
  await using home = await scratch();
  await using owner = openOwner(home.path, { grpcPort });
  await owner.ready();
  const sent = sentBy(name);
  for (const one of [...sent, ...sent]) expect(await way(home.at("data"), one, grpcPort)).toEqual(accepted);
  const rows = async () =>
    (await owner.sessions()).map(({ id, costUsd, unpricedModels }) => [
      ...[id, Math.round(costUsd * 1e9), unpricedModels],
    ]);
  await expect.poll(rows).toEqual([[sessions[0], Math.round(cost.scripted_total_usd * 1e9), []]]);
});
