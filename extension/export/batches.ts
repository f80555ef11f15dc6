import type { Span } from "./span.ts";

/** What the strictest of those we know takes at once. */
const MOST_BYTES = 1_000_000;
const MOST_SPANS = 500;

/** Spans in batches that an endpoint takes; one that is larger by itself goes alone. */
export function* batches(spans: Span[]): Generator<Span[]> {
  let [batch, bytes]: [Span[], number] = [[], 0];
  for (const span of spans) {
    const size = Buffer.byteLength(JSON.stringify(span)); // as protobuf it is smaller
    if (batch.length > 0 && (bytes + size > MOST_BYTES || batch.length === MOST_SPANS)) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(span);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
