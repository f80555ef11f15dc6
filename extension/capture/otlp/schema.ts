/**
 * OTLP's messages, as far as they are read or sent: for each number of a field its name in OTLP/JSON and its type, so
 * that protobuf becomes what it would have been as JSON, and the other way. The numbers are opentelemetry-proto 1.x's.
 */
import type { OtlpSignal } from "./model.ts";

export type Scalar = "text" | "hex" | "base64" | "bool" | "int64" | "double" | "fixed64" | "sfixed64";
export type Field = readonly [name: string, type: Scalar | Fields, repeated?: "repeated"];
export interface Fields {
  [number: number]: Field;
}

const anyValue: Fields = {
  1: ["stringValue", "text"],
  2: ["boolValue", "bool"],
  3: ["intValue", "int64"],
  4: ["doubleValue", "double"],
  7: ["bytesValue", "base64"],
};
const keyValue: Fields = { 1: ["key", "text"], 2: ["value", anyValue] };
// A value may hold values.
anyValue[5] = ["arrayValue", { 1: ["values", anyValue, "repeated"] }];
anyValue[6] = ["kvlistValue", { 1: ["values", keyValue, "repeated"] }];

const logRecord: Fields = {
  1: ["timeUnixNano", "fixed64"],
  5: ["body", anyValue],
  6: ["attributes", keyValue, "repeated"],
  9: ["traceId", "hex"],
  10: ["spanId", "hex"],
  11: ["observedTimeUnixNano", "fixed64"],
  12: ["eventName", "text"],
};

const spanEvent: Fields = {
  1: ["timeUnixNano", "fixed64"],
  2: ["name", "text"],
  3: ["attributes", keyValue, "repeated"],
};
const span: Fields = {
  1: ["traceId", "hex"],
  2: ["spanId", "hex"],
  4: ["parentSpanId", "hex"],
  5: ["name", "text"],
  6: ["kind", "int64"],
  7: ["startTimeUnixNano", "fixed64"],
  8: ["endTimeUnixNano", "fixed64"],
  9: ["attributes", keyValue, "repeated"],
  11: ["events", spanEvent, "repeated"],
  15: ["status", { 2: ["message", "text"], 3: ["code", "int64"] }],
};

const point: Fields = {
  3: ["timeUnixNano", "fixed64"],
  4: ["asDouble", "double"],
  6: ["asInt", "sfixed64"],
  7: ["attributes", keyValue, "repeated"],
};
/** Points that are only counted. */
const uncharted: Fields = { 1: ["dataPoints", {}, "repeated"] };
const metric: Fields = {
  1: ["name", "text"],
  3: ["unit", "text"],
  5: ["gauge", { 1: ["dataPoints", point, "repeated"] }],
  7: ["sum", { 1: ["dataPoints", point, "repeated"], 2: ["aggregationTemporality", "int64"] }],
  9: ["histogram", uncharted],
  10: ["exponentialHistogram", uncharted],
  11: ["summary", uncharted],
};

/** All three requests have the same frame: by sender, then by the part of it that speaks. */
function request(kind: string, name: string, record: Fields): Fields {
  const scope: Fields = { 1: ["scope", { 1: ["name", "text"] }], 2: [name, record, "repeated"] };
  const resource: Fields = {
    1: ["resource", { 1: ["attributes", keyValue, "repeated"] }],
    2: [`scope${kind}`, scope, "repeated"],
  };
  return { 1: [`resource${kind}`, resource, "repeated"] };
}

export const requests: Record<OtlpSignal, Fields> = {
  logs: request("Logs", "logRecords", logRecord),
  metrics: request("Metrics", "metrics", metric),
  traces: request("Spans", "spans", span),
};
