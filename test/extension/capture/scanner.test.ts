import { utimes } from "node:fs/promises";
import { expect, test } from "vitest";
import { Scanner } from "../../../extension/capture/scanner.ts";
import { scratch } from "../../scratch.ts";

test("hands over the transcripts of all folders, the newest first, and knows when all are read", async () => {
  await using folder = await scratch({
    "one/projects/p/old.jsonl": "",
    "one/projects/p/s/subagents/agent-1.jsonl": "",
    "one/projects/p/notes.txt": "",
    "two/projects/q/new.jsonl": "",
  });
  const times: [string, number][] = [
    ["one/projects/p/old.jsonl", 1],
    ["one/projects/p/s/subagents/agent-1.jsonl", 2],
    ["two/projects/q/new.jsonl", 3],
  ];
  for (const [name, time] of times) await utimes(folder.at(name), time, time);

  const scanner = new Scanner([folder.at("one"), folder.at("two"), folder.at("missing")]);
  expect(scanner.progress).toEqual({ found: 0, read: 0, scanned: false });
  const seen: string[] = [];
  await scanner.scan(path => seen.push(path));
  expect(seen).toEqual(times.map(([name]) => folder.at(name)).reverse());
  expect(seen.map(path => scanner.done(path))).toEqual([false, false, true]);
  expect(scanner.progress).toEqual({ found: 3, read: 3, scanned: true });
  expect(scanner.done(folder.at("another"))).toBe(false);
});
