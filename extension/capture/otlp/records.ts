import { id, inside, type Json, list, Malformed, object, text, time } from "./fields.ts";
import type { LogRecord, Origin, Point, Span, SpanEvent } from "./model.ts";
import { anyValue, attributes, double } from "./values.ts";

const TRACE_ID = 16;
const SPAN_ID = 8;

export function readLog(record: Json, origin: Origin): LogRecord {
  const found = attributes(record);
  const names = [found["event.name"], text(record, "eventName"), anyValue(inside(record, "body"))];
  return {
    ...origin,
    at: needed(
      time(record, "timeUnixNano") ?? time(record, "observedTimeUnixNano"),
      "A log record has no time.",
    ),
    name: names.filter(name => typeof name === "string").find(name => name !== "") ?? "",
    attributes: found,
    traceId: id(record, "traceId", TRACE_ID),
    spanId: id(record, "spanId", SPAN_ID),
  };
}

const STATUS: Record<string, Span["status"]> = { 1: "ok", 2: "error" };

export function readSpan(span: Json, origin: Origin): Span {
  const status = inside(span, "status");
  return {
    ...origin,
    traceId: needed(id(span, "traceId", TRACE_ID), "A span has no valid traceId."),
    spanId: needed(id(span, "spanId", SPAN_ID), "A span has no valid spanId."),
    parent: id(span, "parentSpanId", SPAN_ID),
    name: text(span, "name"),
    start: needed(time(span, "startTimeUnixNano"), "A span has no start."),
    end: needed(time(span, "endTimeUnixNano"), "A span has no end."),
    attributes: attributes(span),
    events: list(span, "events").map(event => readEvent(object(event))),
    status: STATUS[String(status.code)] ?? "unset",
    message: text(status, "message"),
  };
}

function readEvent(event: Json): SpanEvent {
  return {
    name: text(event, "name"),
    at: needed(time(event, "timeUnixNano"), "An event of a span has no time."),
    attributes: attributes(event),
  };
}

/** What all points of a metric share, and the points. */
export interface Metric {
  of: { name: string; unit: string; kind: Point["kind"] | undefined };
  points: unknown[];
}

const SHAPES = ["sum", "gauge", "histogram", "exponentialHistogram", "summary"];
const SUMS: Record<string, Point["kind"]> = { 1: "delta", 2: "cumulative" };

export function readMetric(metric: Json): Metric {
  const shape = SHAPES.find(name => (metric[name] ?? undefined) !== undefined) ?? "sum";
  const data = inside(metric, shape);
  const kind = shape === "sum" ? SUMS[String(data.aggregationTemporality)] : undefined;
  return {
    of: { name: text(metric, "name"), unit: text(metric, "unit"), kind: shape === "gauge" ? shape : kind },
    points: list(data, "dataPoints"),
  };
}

export function readPoint(point: Json, { name, unit, kind }: Metric["of"], origin: Origin): Point {
  if (!kind) throw new Malformed("Of metrics only gauges and sums, delta or cumulative, are understood.");
  const value = double(point.asInt ?? point.asDouble);
  if (typeof value !== "number") throw new Malformed("A data point is not a finite number.");
  return {
    ...origin,
    ...{ name, unit, kind, value },
    at: needed(time(point, "timeUnixNano"), "A data point has no time."),
    attributes: attributes(point),
  };
}

function needed<T>(value: T | undefined, otherwise: string): T {
  if (value === undefined) throw new Malformed(otherwise);
  return value;
}
