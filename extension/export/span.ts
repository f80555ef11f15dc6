import { createHash } from "node:crypto";

/** A span as OTLP/JSON has it: ids in hex, whole numbers and times as text. */
export interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: KeyValue[];
  events: SpanEvent[];
  status: { code?: number; message?: string };
}

export interface SpanEvent {
  timeUnixNano: string;
  name: string;
  attributes: KeyValue[];
}

interface KeyValue {
  key: string;
  value: { stringValue: string } | { intValue: string } | { doubleValue: number };
}

export const KIND = { internal: 1, client: 3 };
export const ERROR = 2;

export type Attributes = Record<string, string | number | null | undefined>;

/** Those that have a value. */
export function attributes(of: Attributes): KeyValue[] {
  return Object.entries(of).flatMap(([key, value]): KeyValue[] => {
    if (value === null || value === undefined || value === "") return [];
    if (typeof value === "string") return [{ key, value: { stringValue: value } }];
    // What is money stays so, even where it is a whole number.
    const whole = Number.isSafeInteger(value) && !key.endsWith("_usd");
    return [{ key, value: whole ? { intValue: String(value) } : { doubleValue: value } }];
  });
}

/** Milliseconds since 1970 as OTLP counts. */
export function nanoseconds(ms: number): string {
  return String(BigInt(Math.round(Math.max(0, ms))) * 1_000_000n);
}

/** An id that is the same whenever the same thing is sent: who gets it twice has it once. */
export function idOf(bytes: 8 | 16, ...names: string[]): string {
  return createHash("sha256")
    .update(JSON.stringify(names))
    .digest("hex")
    .slice(0, bytes * 2);
}
