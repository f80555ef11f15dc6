import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Form } from "../../../../extension/capture/otlp/decode.ts";
import type { OtlpSignal } from "../../../../extension/capture/otlp/model.ts";

/** The bodies that Claude Code 2.1 really sent, over HTTP in protobuf, over gRPC, and over HTTP in JSON. */
const FOLDER = "test/fixtures/otlp";

export type Capture = "otlp-protobuf" | "otlp-grpc" | "otlp-all-content";

export interface Sent {
  file: string;
  signal: OtlpSignal;
  form: Form;
  body: Buffer;
}

export function sentBy(capture: Capture): Sent[] {
  return readdirSync(join(FOLDER, capture)).flatMap(name => {
    const [, file, signal, kind] = /^((?:\d+)-(\w+)\.(bin|json))\.gz$/.exec(name) ?? [];
    if (!file) return [];
    const form = kind === "json" ? "json" : "protobuf";
    return [{ file, signal: signal as OtlpSignal, form, body: unpacked(capture, name) }];
  });
}

/** What another reader, with OpenTelemetry's own .proto files, found in the same bodies. */
export function foundIn(capture: Capture): Record<string, unknown>[] {
  const lines = unpacked(capture, "decoded.ndjson.gz").toString().trimEnd().split("\n");
  return lines.map(line => JSON.parse(line));
}

function unpacked(capture: Capture, name: string): Buffer {
  return gunzipSync(readFileSync(join(FOLDER, capture, name)));
}
