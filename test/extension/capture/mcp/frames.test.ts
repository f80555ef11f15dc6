import { expect, test } from "vitest";
import { Frames, LONGEST, type Splitter, Whole } from "../../../../extension/capture/mcp/frames.ts";

const framed = (text: string, more = "") =>
  `Content-Length: ${Buffer.byteLength(text)}\r\n${more}\r\n${text}`;
const long = "x".repeat(LONGEST + 1);

/** What is found in bytes that come in pieces of a length. */
function found(splitter: Splitter, text: string, piece: number): (string | undefined)[] {
  const bytes = Buffer.from(text);
  const texts = [];
  for (let i = 0; i < bytes.length; i += piece) texts.push(...splitter.take(bytes.subarray(i, i + piece)));
  return [...texts, ...splitter.end()];
}

test.each<[string, string, (string | undefined)[]]>([
  ["a message a line", '{"a":1}\n{"a":"ü"}\n', ['{"a":1}', '{"a":"ü"}']],
  ["lines of Windows, and empty ones", '{"a":1}\r\n\r\n\n{"a":2}\n', ['{"a":1}\r', '{"a":2}']],
  ["a last line that has no end", '{"a":1}\n{"a":2}', ['{"a":1}', '{"a":2}']],
  ["messages after headers", framed('{"a":1}') + framed('{"a":"ü\\n"}'), ['{"a":1}', '{"a":"ü\\n"}']],
  ["more than a length in the header", framed("{}", "Content-Type: x\r\n"), ["{}"]],
  ["the type before the length", "Content-Type: x\r\nContent-Length: 2\r\n\r\n{}{}\n", ["{}", "{}"]],
  ["headers of bare newlines", "content-length: 2\n\n{}", ["{}"]],
  ["both kinds by turns", `{"a":1}\n${framed('{"a":2}')}{"a":3}\n`, ['{"a":1}', '{"a":2}', '{"a":3}']],
  ["a line break in a message with a length", framed('{\n"a":1}\n'), ['{\n"a":1}\n']],
  ["a header without a length", 'Content-Type: x\r\n\r\n{"a":1}\n', [undefined, '{"a":1}']],
  ["what is no message", "Listening…\n{}\n", ["Listening…", "{}"]],
  ["nothing", "", []],
])("%s, in whatever pieces", (_, text, texts) => {
  for (const piece of [1, 2, 3, 7, 1000]) expect(found(new Frames(), text, piece)).toEqual(texts);
});

test.each([
  ["a line", `${long}\n{}\n`],
  ["a message with a length", `${framed(long)}{}\n`],
])("%s that is too long is told of, and the next is read", (_, text) => {
  for (const piece of [65_536, text.length])
    expect(found(new Frames(), text, piece).map(one => one?.slice(0, 9))).toEqual([undefined, "{}"]);
});

test("a body is one message, however it comes, unless it is too long", () => {
  expect(found(new Whole(), '{"a":\n"ü"}', 1)).toEqual(['{"a":\n"ü"}']);
  expect(found(new Whole(), "", 1)).toEqual([]);
  expect(found(new Whole(), long, 65_536)).toEqual([undefined]);
});
