import type { Trace, Words } from "./trace.ts";

/** A form in which sessions leave. */
export interface Format {
  /** What the name of its files ends with. */
  extension: string;
  /** How much of what was said it carries unless told otherwise. */
  words: Words;
  begin: string;
  /** One of them; `before` is how many characters were written so far. */
  of(trace: Trace, before?: number): string;
  between: string;
  end: string;
}

/** Sessions in a format, piece by piece: there may be more of them than memory. */
export async function* written(format: Format, traces: AsyncIterable<Trace>): AsyncGenerator<string> {
  const { begin, between, end } = format;
  yield begin;
  let [before, isFirst] = [begin.length, true];
  for await (const trace of traces) {
    const text = (isFirst ? "" : between) + format.of(trace, before);
    yield text;
    before += text.length;
    isFirst = false;
  }
  yield end;
}
