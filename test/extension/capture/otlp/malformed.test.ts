import { expect, test } from "vitest";
import { decode } from "../../../../extension/capture/otlp/decode.ts";
import { type Json, nested, read, requests, span, TIME, TRACE } from "./requests.ts";
import { toProtobuf } from "./to-protobuf.ts";

const log = { timeUnixNano: TIME };
const point = { timeUnixNano: TIME, asInt: 1 };
const sum = (...dataPoints: Json[]) => ({ sum: { aggregationTemporality: 1, dataPoints } });
const NO_NUMBER = "A data point is not a finite number.";
const NO_SUM = "Of metrics only gauges and sums, delta or cumulative, are understood.";

test.each<[string, keyof typeof requests, Json[], string]>([
  ["no time", "logs", [log, { eventName: "a" }], "A log record has no time."],
  ["values in values", "logs", [log, { ...log, body: nested(40) }], "The attributes are nested too deeply."],
  ["no id", "traces", [span, { ...span, spanId: "" }], "A span has no valid spanId."],
  ["no end", "traces", [span, { ...span, endTimeUnixNano: "0" }], "A span has no end."],
  ["an event without time", "traces", [span, { ...span, events: [{}] }], "An event of a span has no time."],
  ["no number", "metrics", [sum(point, { timeUnixNano: TIME })], NO_NUMBER],
  ["no finite number", "metrics", [sum(point, { timeUnixNano: TIME, asDouble: "NaN" })], NO_NUMBER],
  ["a point without time", "metrics", [sum(point, { asInt: 1 })], "A data point has no time."],
  ["a sum of one knows not what", "metrics", [sum(point), { sum: { dataPoints: [point] } }], NO_SUM],
  ["a histogram", "metrics", [sum(point), { histogram: { dataPoints: [{}] } }], NO_SUM],
  ["a summary", "metrics", [sum(point), { summary: { dataPoints: [{}] } }], NO_SUM],
])("left out and counted: %s", (_, signal, records, why) => {
  expect(read(signal, records)).toMatchObject({ records: [expect.anything()], rejected: 1, why });
});

test.each<[string, unknown]>([
  ["a record that is none", 5],
  ["a time in words", { timeUnixNano: "yesterday" }],
  ["a time before 1970", { timeUnixNano: -1 }],
  ["a time beyond 64 bits", { timeUnixNano: "18446744073709551616" }],
  ["a time beyond all", { timeUnixNano: 1e300 }],
  ["attributes that are no list", { ...log, attributes: { a: 1 } }],
  ["an attribute that is none", { ...log, attributes: ["a"] }],
  ["a key that is no text", { ...log, attributes: [{ key: 1 }] }],
  ["a text that is a number", { ...log, body: { stringValue: 1 } }],
  ["a truth that is a text", { ...log, body: { boolValue: "true" } }],
  ["a whole number with a fraction", { ...log, body: { intValue: 1.5 } }],
  ["a whole number beyond 64 bits", { ...log, body: { intValue: "9223372036854775808" } }],
  ["a whole number beyond all", { ...log, body: { intValue: 1e300 } }],
  ["a number in words", { ...log, body: { doubleValue: "many" } }],
  ["a list that is none", { ...log, body: { arrayValue: { values: 1 } } }],
])("left out of JSON and counted: %s", (_, record) => {
  const body = Buffer.from(JSON.stringify(requests.logs([log, record, log])));
  expect(decode("logs", body, "json")).toMatchObject({ records: [{}, {}], rejected: 1 });
});

test("unknown fields, and those by the names that they have in .proto files, are ignored", () => {
  const body = { ...requests.logs([{ timeUnixNano: 1e6, trace_id: TRACE, novel: [1] }]), resource_logs: 1 };
  const { records, rejected } = decode("logs", Buffer.from(JSON.stringify(body)), "json");
  expect({ records, rejected }).toMatchObject({ records: [{ at: 1, traceId: undefined }], rejected: 0 });
});

test("unknown fields of all types of protobuf are skipped, and known ones of another type", () => {
  const known = toProtobuf("logs", requests.logs([{ timeUnixNano: "1000000" }]));
  const strange = {
    varint: [0x78, 0xff, 0x01],
    eight: [0x79, 1, 2, 3, 4, 5, 6, 7, 8],
    bytes: [0x7a, 2, 1, 2],
  };
  const more = { four: [0x7d, 1, 2, 3, 4], resourceLogs: [0x08, 5] };
  const skipped = Buffer.from([strange, more].flatMap(Object.values).flat());
  expect(decode("logs", Buffer.concat([skipped, known, skipped]), "protobuf").records).toMatchObject([
    { at: 1 },
  ]);
});

const empty = { rejected: 0, why: "" };

test("an empty request has no records", () => {
  expect(decode("logs", Buffer.alloc(0), "protobuf")).toEqual({ signal: "logs", records: [], ...empty });
  expect(decode("traces", Buffer.from("{}"), "json")).toEqual({ signal: "traces", records: [], ...empty });
});

const records = (many: number) => JSON.stringify(requests.logs(Array(many).fill(1)));

test.each<[string, string]>([
  ["nothing", ""],
  ["half of one", "{"],
  ["a list", "[]"],
  ["no list of senders", '{"resourceLogs":{}}'],
  ["a sender that is none", '{"resourceLogs":[5]}'],
  ["a scope with a number as its name", '{"resourceLogs":[{"scopeLogs":[{"scope":{"name":1}}]}]}'],
  ["16 MB of brackets", "[".repeat(16 * 1024 * 1024)],
  ["objects in objects", '{"a":'.repeat(900_000)],
  ["too many values", records(1_000_001)],
  ["more malformed records than are worth counting", records(1001)],
])("refused as JSON: %s", (_, body) => {
  expect(() => decode("logs", Buffer.from(body), "json")).toThrow(MALFORMED);
});

const deep = toProtobuf("logs", requests.logs([{ ...log, body: nested(200) }]));

test.each<[string, Uint8Array | number[]]>([
  ["text", Buffer.from("hello, world")],
  ["a message that ends too soon", [0x0a, 5, 1]],
  ["a length beyond 64 bits", [0x0a, ...Array(11).fill(0xff)]],
  ["a length of 2^63", [0x0a, ...Array(8).fill(0xff), 0x7f]],
  ["a group, as of old", [0x0b]],
  ["field 0", [0, 0]],
  ["a message longer than the one it is in", [0x0a, 2, 0x12, 6, 0x12, 0, 0x12, 0, 0x12, 0]],
  ["values in values", deep],
  ["too many empty messages", Uint8Array.from({ length: 2_000_002 }, (_, at) => (at % 2 ? 0 : 0x0a))],
])("refused as protobuf: %s", (_, body) => {
  expect(() => decode("logs", Buffer.from(body), "protobuf")).toThrow(MALFORMED);
});

const MALFORMED = expect.objectContaining({ name: "Malformed" });
