import { expect, test } from "vitest";
import { Originals } from "../../../extension/clean/originals.ts";
import { plainLines } from "../../../extension/clean/patch.ts";
import { chance } from "../chance.ts";

/** A line of a transcript, as the client writes it. */
const lineOf = (originalFile: unknown, more: object = {}) =>
  Buffer.from(JSON.stringify({ toolUseResult: { filePath: "/a", originalFile, ...more }, n: 1 }));

function read(originals: Originals, bytes: Buffer): string[] | undefined {
  const { line, lines } = originals.read(bytes);
  const { originalFile } = (line?.toolUseResult ?? {}) as { originalFile: string };
  return lines(originalFile);
}

const patch = { structuredPatch: [] };

test.each<[string, string[], object]>([
  ["lines", ["a\nb\n", "a\nB\nb\n", "B\nb\n"], patch],
  ["no text at all", ["", "a\n", ""], patch],
  ["a last line without an end that goes on", ["a\nb", "a\nbc", "a\nbc\n", "a\nb"], patch],
  ["it as the last field", ["a\nb\n", "a\nc\n"], {}],
  ["quotes and backslashes at its end", ['a",', 'a\\",', 'a\\"},\n"}', 'a\\\\n"}'], patch],
  ["backslashes before line ends", ["a\\\nb\n", "a\\\\\nb\n", "a\\n\nb\n", "a\\\nb\n"], patch],
  ["the same line many times", ["a\na\na\n", "a\na\n", "a\na\na\na\n"], patch],
  ["Windows line ends", ["a\r\nb\r\n", "a\r\nc\r\n", "a\nc\n", "a\nd\n"], patch],
  ["a mark of its encoding", ["\uFEFFa\nb\n", "\uFEFFa\nc\n", "a\nc\n"], patch],
  ["other letters", ["ä\n\u{1F600}\n", "ö\n\u{1F601}\n", "\ud83d\n"], patch],
])("reads %s", (_, texts, more) => {
  const originals = new Originals();
  for (const text of texts) expect(read(originals, lineOf(text, more))).toEqual(plainLines(text));
});

test("what is escaped in another way is read as well", () => {
  const originals = new Originals();
  for (const escaped of ["a\\u000ab\\n", "a\\u000aB\\n", "\\u0061\\nB\\n"]) {
    const bytes = Buffer.from(`{"toolUseResult":{"originalFile":"${escaped}","n":1}}`);
    expect(read(originals, bytes)).toEqual(plainLines(JSON.parse(`"${escaped}"`)));
  }
});

test("what is no JSON is nothing", () => {
  expect(
    read(new Originals(), Buffer.from('{"toolUseResult":{"originalFile":"\\x","n":1}}')),
  ).toBeUndefined();
  expect(new Originals().read(Buffer.from('{"originalFile":"a')).line).toBeUndefined();
});

test("lines that stay are the same strings, and what was expected is not made again", () => {
  const originals = new Originals();
  const first = read(originals, lineOf("a\nb\nc\n", patch)) ?? [];
  const expected = [...first.slice(0, 2), "d\n"];
  originals.expect(expected);
  expect(read(originals, lineOf("a\nb\nd\n", patch))).toBe(expected);
});

test.each(Array.from({ length: 100 }, (_, i) => i + 1))(
  "whatever a file becomes is read right: seed %d",
  seed => {
    const random = chance(seed);
    const originals = new Originals();
    const line = () => `${random.pick(["", "a", "b\\", '"', "\\n", "\t", "é", '",', '"}', "\u2028"])}\n`;
    let lines = Array.from({ length: random.below(40) }, line);
    for (let step = 0; step < 20; step++) {
      const end = random.below(6) === 0 ? random.pick(["x", "\\", '"']) : "";
      const text = lines.join("") + end;
      expect(read(originals, lineOf(text, patch))).toEqual(plainLines(text));
      const fresh = Array.from({ length: random.below(4) }, line);
      lines = lines.toSpliced(random.below(lines.length + 1), random.below(4), ...fresh);
      if (random.below(2) === 0) originals.expect(plainLines(lines.join("")));
    }
  },
);
