import type { Trace, Words } from "./trace.ts";

/** A form in which sessions leave. */
export interface Format {
  /** What the name of its files ends with. */
  extension: string;
  /** How much of what was said it carries unless told otherwise. */
  words: Words;
  begin: string;
  of(trace: Trace): string;
  between: string;
  end: string;
}

/** Sessions in a format, piece by piece: there may be more of them than memory. */
export async function* written(format: Format, traces: AsyncIterable<Trace>): AsyncGenerator<string> {
  yield format.begin;
  let isFirst = true;
  for await (const trace of traces) {
    yield (isFirst ? "" : format.between) + format.of(trace);
    isFirst = false;
  }
  yield format.end;
}
