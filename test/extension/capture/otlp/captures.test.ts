import { expect, test } from "vitest";
import { decode } from "../../../../extension/capture/otlp/decode.ts";
import type { Decoded } from "../../../../extension/capture/otlp/model.ts";
import { foundIn, sentBy } from "./fixtures.ts";
import { toProtobuf } from "./to-protobuf.ts";

type Json = Record<string, unknown>;

const ms = (nanoseconds: unknown) => Number(BigInt(nanoseconds as string) / 1_000_000n);
const hex = (bytes: unknown) => bytes && Buffer.from((bytes as { data: number[] }).data).toString("hex");

/** A record of ours as the other reader wrote it down. */
function ours({ signal, records }: Decoded): Json[] {
  if (signal === "logs")
    return records.map(({ at, name, resource, attributes, traceId, spanId }) => ({
      ...{ res: resource, body: `claude_code.${name}`, attrs: attributes, traceId, spanId, time: at },
    }));
  if (signal === "traces")
    return records.map(({ name, resource, attributes, traceId, spanId, parent, events, status }) => ({
      ...{ res: resource, name, attrs: attributes, traceId, spanId, parent, status },
      events: events.map(event => ({ name: event.name, attrs: event.attributes })),
    }));
  return records.map(({ at, name, unit, kind, value, resource, attributes }) => ({
    ...{ res: resource, name, unit, attrs: attributes, value, time: at, kind },
  }));
}

/** The other reader's, without what we don't read. */
function theirs(line: Json): Json {
  const { signal, res, attrs, body, name, events, value } = line;
  const ids = { traceId: hex(line.traceId), spanId: hex(line.spanId) };
  if (signal === "log") return { res, attrs, ...ids, body, time: ms(line.time) };
  if (signal === "metric") {
    const kind = line.temporality === 1 ? "delta" : "cumulative";
    return { res, attrs, name, unit: line.unit ?? "", value, time: ms(line.time), kind };
  }
  const status = { 1: "ok", 2: "error" }[String((line.status as Json).code)] ?? "unset";
  return { res, attrs, ...ids, parent: hex(line.parent), name, events, status };
}

/** What the other reader left out: it comes by the dozen at every start. */
const UNTOLD = ["claude_code.hook_registered", "claude_code.plugin_loaded"];

test.each(["otlp-protobuf", "otlp-grpc"] as const)("%s is read as another reader does", capture => {
  const lines = foundIn(capture);
  const sent = sentBy(capture);
  let untold = 0;
  for (const { file, signal, body, form } of sent) {
    const decoded = decode(signal, body, form);
    expect(decoded.rejected).toBe(0);
    const shared = ours(decoded).filter(({ body }) => !UNTOLD.includes(String(body)));
    untold += decoded.records.length - shared.length;
    expect(shared).toEqual(lines.filter(line => line.file === file).map(theirs));
  }
  expect(untold).toBe(65);
  expect(new Set(lines.map(line => line.file))).toEqual(new Set(sent.map(({ file }) => file)));
});

test("what came in JSON is read whole, and would be the same in protobuf", () => {
  const counts: Record<string, number> = {};
  for (const { signal, body } of sentBy("otlp-all-content")) {
    const decoded = decode(signal, body, "json");
    const sent = body.toString();
    counts[signal] = (counts[signal] ?? 0) + decoded.records.length;
    expect(decoded.rejected).toBe(0);
    expect(decode(signal, toProtobuf(signal, JSON.parse(sent)), "protobuf")).toEqual(decoded);
    for (const { name, attributes } of decoded.records) {
      expect(sent).toContain(`${name}"`);
      expect(attributes["session.id"]).toMatch(/^[0-9a-f-]{36}$/);
    }
  }
  expect(counts).toEqual({ logs: 146, metrics: 26, traces: 31 });
});
