import { closeSync, openSync } from "node:fs";
import { expect, test } from "vitest";
import { fingerprint } from "../../../extension/capture/fingerprint.ts";
import { scratch } from "../../scratch.ts";

async function of(text: string, cursor: number): Promise<string> {
  await using folder = await scratch({ "t.jsonl": text });
  const file = openSync(folder.at("t.jsonl"), "r");
  const print = fingerprint(file, cursor);
  closeSync(file);
  return print;
}

const text = Array.from({ length: 500 }, (_, i) => `line ${i}\n`).join("");
const changed = (at: number) => `${text.slice(0, at)}X${text.slice(at + 1)}`;

test.each([
  ["as it was", text, 4000, true],
  ["with more behind the cursor", `${text}more\n`, 4000, true],
  ["with something else behind it", text.slice(0, 4000), 4000, true],
  ["with another beginning", changed(5), 4000, false],
  ["with another end before the cursor", changed(3990), 4000, false],
  ["shorter", text.slice(0, 3000), 4000, false],
  ["empty", "", 4000, false],
  ["nothing read of it yet", "anything", 0, true],
])("a file %s", async (_, now, cursor, same) => {
  expect((await of(now, cursor)) === (await of(text, cursor))).toBe(same);
});

test("a short file is told by all of it", async () => {
  expect(await of("a\nb\n", 4)).not.toBe(await of("a\nc\n", 4));
  expect(await of("a\nb\n", 4)).not.toBe(await of("a\nb\n", 2));
});
