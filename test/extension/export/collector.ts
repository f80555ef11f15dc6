import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { decode } from "../../../extension/capture/otlp/decode.ts";
import type { Span } from "../../../extension/capture/otlp/model.ts";

interface Got {
  headers: IncomingHttpHeaders;
  path: string | undefined;
  bytes: number;
  spans: Span[];
}

type Answer = (response: ServerResponse) => void;

/** A collector that answers as told, one after the other, and then well. */
export async function collector(...answers: Answer[]) {
  const got: Got[] = [];
  const server = createServer(async (request, response) => {
    const body = gunzipSync(await buffer(request));
    const form = request.headers["content-type"] === "application/json" ? "json" : "protobuf";
    const { records } = decode("traces", body, form);
    got.push({ headers: request.headers, path: request.url, bytes: body.length, spans: records as Span[] });
    const answer = answers.shift() ?? (response => response.end());
    answer(response);
  });
  const start = async (port = 0) => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  };
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  await start();
  const { port } = server.address() as AddressInfo;
  const url = new URL(`http://127.0.0.1:${port}/v1/traces`);
  return {
    ...{ got, answers, url, to: { url, headers: { "x-key": "mine" }, form: "protobuf" as const } },
    ...{ stop, again: () => start(port) },
    [Symbol.dispose]: stop,
  };
}

export function status(code: number, headers: Record<string, string> = {}): Answer {
  return response => void response.writeHead(code, headers).end();
}
