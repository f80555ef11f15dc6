import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Form } from "../../extension/capture/otlp/decode.ts";

/** Real sessions of the real client: what it wrote, and what it said to hooks and by telemetry, as it came. */
export const CAPTURES = resolve("test/fixtures/captures");
export const captures = readdirSync(CAPTURES);

export const hooksOf = (name: string) =>
  linesOf<{ at: number; body: Record<string, unknown> }>(name, "hooks.ndjson.gz");

/** Requests with log records; the body of one that is not JSON is in base64. */
export const logsOf = (name: string) => linesOf<{ form: Form; body: string }>(name, "logs.ndjson.gz");

function linesOf<Line>(name: string, file: string): Line[] {
  const path = join(CAPTURES, name, file);
  const text = existsSync(path) ? gunzipSync(readFileSync(path)).toString() : "";
  return text.split("\n").flatMap(line => (line ? [JSON.parse(line) as Line] : []));
}
