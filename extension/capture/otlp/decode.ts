import { inside, type Json, list, Malformed, object, text } from "./fields.ts";
import type { Decoded, LogRecord, Origin, OtlpSignal, Point, Span } from "./model.ts";
import { MOST_VALUES, readProtobuf } from "./protobuf.ts";
import { readLog, readMetric, readPoint, readSpan } from "./records.ts";
import { requests } from "./schema.ts";
import { attributes } from "./values.ts";

export type Form = "json" | "protobuf";

/** Reads an export request; throws `Malformed` when it is none, and leaves out records that are not understood. */
export function decode(signal: OtlpSignal, body: Buffer, form: Form): Decoded {
  const request = form === "json" ? readJson(body) : readProtobuf(body, requests[signal]);
  const sieve = new Sieve();
  switch (signal) {
    case "logs":
      return { signal, records: logs(request, sieve), ...sieve.left };
    case "metrics":
      return { signal, records: points(request, sieve), ...sieve.left };
    case "traces":
      return { signal, records: spans(request, sieve), ...sieve.left };
  }
}

function readJson(body: Buffer): Json {
  if (values(body) > MOST_VALUES) throw new Malformed("The body holds too many values.");
  try {
    return object(JSON.parse(body.toString()));
  } catch {
    throw new Malformed("The body is not OTLP in JSON.");
  }
}

const MARKS = [",", "[", "{"].map(mark => mark.charCodeAt(0));

/** At most so many values are in a JSON: each begins with, or follows, one of the marks. Some stand in texts only. */
function values(json: Buffer): number {
  let marks = 0;
  for (let at = 0; at < json.length; at++) if (MARKS.includes(json[at] ?? 0)) marks += 1;
  return marks;
}

function logs(request: Json, sieve: Sieve): LogRecord[] {
  const found: LogRecord[] = [];
  for (const { scope, origin } of scopes(request, "Logs"))
    sieve.each(list(scope, "logRecords"), record => found.push(readLog(record, origin)));
  return found;
}

function spans(request: Json, sieve: Sieve): Span[] {
  const found: Span[] = [];
  for (const { scope, origin } of scopes(request, "Spans"))
    sieve.each(list(scope, "spans"), span => found.push(readSpan(span, origin)));
  return found;
}

function points(request: Json, sieve: Sieve): Point[] {
  const found: Point[] = [];
  for (const { scope, origin } of scopes(request, "Metrics"))
    sieve.each(list(scope, "metrics"), metric => {
      const { of, points } = readMetric(metric);
      sieve.each(points, point => found.push(readPoint(point, of, origin)));
    });
  return found;
}

/** The parts of all senders; what is malformed here concerns all records in it, so the request is refused. */
function scopes(request: Json, kind: string): { scope: Json; origin: Origin }[] {
  return list(request, `resource${kind}`).flatMap(entry => {
    const sender = object(entry);
    const resource = attributes(inside(sender, "resource"));
    return list(sender, `scope${kind}`).map(part => {
      const scope = object(part);
      return { scope, origin: { resource, scope: text(inside(scope, "scope"), "name") } };
    });
  });
}

/** A request with more malformed records is none: to tell of millions of them would only take time. */
const MOST_REJECTED = 1000;

/** Counts the records that can't be read. */
class Sieve {
  readonly left = { rejected: 0, why: "" };

  each(records: unknown[], read: (record: Json) => void): void {
    for (const record of records) {
      try {
        read(object(record));
      } catch (error) {
        if (!(error instanceof Malformed) || this.left.rejected >= MOST_REJECTED) throw error;
        this.left.rejected += 1;
        this.left.why ||= error.message;
      }
    }
  }
}
