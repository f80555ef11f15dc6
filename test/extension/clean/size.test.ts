import { expect, test } from "vitest";
import { saidSize, sizeOf } from "../../../extension/clean/size.ts";
import { shorten } from "../../../extension/clean/skim.ts";

const deep = (levels: number): unknown => (levels === 0 ? "x" : { in: deep(levels - 1) });

test.each<[what: string, value: unknown, size: number]>([
  ["a text", "héllo", 6],
  ["what is no text", [1, true, null, undefined], 0],
  ["all texts in something", { a: "ab", b: ["c", { d: "de" }] }, 5],
  ["a picture, which is not its file", [{ type: "image", source: { data: "A".repeat(99_999) } }], 4500],
  ["nothing that lies too deep", deep(1000), 0],
])("the size of %s", (_, value, size) => expect(sizeOf(value)).toBe(size));

test("a text that was cut short is as large as it was", () => {
  const line = { text: "a".repeat(9000), more: "b".repeat(3000) };
  const cut = JSON.parse(shorten(Buffer.from(JSON.stringify(line))));
  expect(cut.text.length).toBeLessThan(9000);
  expect(sizeOf(cut)).toBe(12_000);
});

test.each([
  ["a call", { type: "tool_use", name: "Bash", input: { command: "npm test" } }, 8],
  ["an answer", { type: "text", text: "Done." }, 5],
  ["a thought", { type: "thinking", thinking: "Which one?", signature: "abc" }, 10],
  ["a thought that is not shown", { type: "thinking", thinking: "", signature: "abcdef" }, 6],
])("what the model wrote for %s", (_, block, size) => expect(saidSize(block)).toBe(size));
