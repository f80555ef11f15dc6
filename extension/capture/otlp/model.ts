/** What OpenTelemetry tells of: the same whether it came as JSON or as protobuf, over HTTP or over gRPC. */
export type OtlpSignal = "logs" | "metrics" | "traces";

/** Safe to write as JSON: a whole number that JavaScript can't hold, NaN and the infinities are texts. */
export type Value = string | number | boolean | null | Value[] | { [name: string]: Value };
export type Attributes = Record<string, Value>;

/** Who says it; all records of one sender share the resource. */
export interface Origin {
  resource: Attributes;
  scope: string;
}

export interface LogRecord extends Origin {
  /** Times are whole milliseconds since 1970. */
  at: number;
  name: string;
  attributes: Attributes;
  traceId?: string | undefined;
  spanId?: string | undefined;
}

export interface Span extends Origin {
  traceId: string;
  spanId: string;
  parent?: string | undefined;
  name: string;
  start: number;
  end: number;
  attributes: Attributes;
  events: SpanEvent[];
  status: "unset" | "ok" | "error";
  /** Why it failed, in the sender's words. */
  message: string;
}

export interface SpanEvent {
  name: string;
  at: number;
  attributes: Attributes;
}

/** A number that was measured: what came since the last one, all since the start, or how it stands now. */
export interface Point extends Origin {
  name: string;
  unit: string;
  at: number;
  value: number;
  kind: "delta" | "cumulative" | "gauge";
  attributes: Attributes;
}

/** The records of one request. */
export type Batch =
  | { signal: "logs"; records: LogRecord[] }
  | { signal: "metrics"; records: Point[] }
  | { signal: "traces"; records: Span[] };

/** A request that was read: its records, and how many were left out and why the first of them. */
export type Decoded = Batch & { rejected: number; why: string };
