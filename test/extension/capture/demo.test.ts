import { readFile, stat } from "node:fs/promises";
import { expect, test } from "vitest";
import { unpackDemo } from "../../../extension/capture/demo.ts";
import { scratch } from "../../scratch.ts";

test("moves the demo in time so that its last session is at work now, and replaces an older copy", async () => {
  const line = (timestamp: string) =>
    `${JSON.stringify({ timestamp, text: "at 2026-11-20T16:00:00.000Z" })}\n`;
  await using folder = await scratch({
    "demo/projects/p/a.jsonl": line("2026-11-20T16:00:00.000Z") + line("2026-11-20T16:40:00.000Z"),
    "demo/projects/p/b.jsonl": line("2026-11-19T16:40:00.000Z"),
    "to/projects/p/old.jsonl": "left over",
  });
  await unpackDemo(folder.at("demo"), folder.at("to"), new Date("2027-01-01T12:00:00.000Z"));
  expect(await readFile(folder.at("to/projects/p/a.jsonl"), "utf8")).toBe(
    line("2027-01-01T11:20:00.000Z") + line("2027-01-01T12:00:00.000Z"),
  );
  expect(await readFile(folder.at("to/projects/p/b.jsonl"), "utf8")).toBe(line("2026-12-31T12:00:00.000Z"));
  expect((await stat(folder.at("to/projects/p/b.jsonl"))).mtime).toEqual(
    new Date("2026-12-31T12:00:00.000Z"),
  );
  await expect(readFile(folder.at("to/projects/p/old.jsonl"))).rejects.toThrow(/ENOENT/);
});
