import { expect } from "vitest";
import { decode } from "../../../../extension/capture/otlp/decode.ts";
import type { Decoded } from "../../../../extension/capture/otlp/model.ts";
import { toProtobuf } from "./to-protobuf.ts";

export type Json = Record<string, unknown>;

export const TRACE = "0123456789abcdef0123456789abcdef";
export const SPAN = "0123456789abcdef";
export const TIME = "1795227145124999999";

/** A request with one sender and one scope. */
const request = (kind: string, name: string) => (records: unknown[]) => ({
  [`resource${kind}`]: [
    {
      resource: { attributes: [attribute("service.name", "claude-code")] },
      [`scope${kind}`]: [{ scope: { name: "events" }, [name]: records }],
    },
  ],
});
export const requests = {
  logs: request("Logs", "logRecords"),
  metrics: request("Metrics", "metrics"),
  traces: request("Spans", "spans"),
};
export const origin = { resource: { "service.name": "claude-code" }, scope: "events" };

/** What is read of records, in both forms; they must agree. */
export function read(signal: keyof typeof requests, records: Json[]): Decoded {
  const asJson = requests[signal](records);
  const decoded = decode(signal, Buffer.from(JSON.stringify(asJson)), "json");
  expect(decode(signal, toProtobuf(signal, asJson), "protobuf")).toEqual(decoded);
  return decoded;
}

export function attribute(key: string, stringValue: string) {
  return { key, value: { stringValue } };
}

/** A value in so many lists. */
export function nested(levels: number): Json {
  let any: Json = { intValue: 1 };
  for (let level = 0; level < levels; level++) any = { arrayValue: { values: [any] } };
  return any;
}

export const span = {
  ...{ traceId: TRACE, spanId: SPAN },
  ...{ startTimeUnixNano: "1000000", endTimeUnixNano: "5999999" },
};
