import { symlink, utimes } from "node:fs/promises";
import { expect, test } from "vitest";
import { Scanner } from "../../../extension/capture/scanner.ts";
import type { TranscriptFile } from "../../../extension/capture/transcripts.ts";
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

  const seen: string[] = [];
  const scanner = new Scanner(files => seen.push(...files.map(file => file.path)));
  expect(scanner.progress).toEqual({ found: 0, read: 0, scanned: false });
  await scanner.scan([folder.at("one"), folder.at("two"), folder.at("missing")]);
  expect(seen).toEqual(times.map(([name]) => folder.at(name)).reverse());
  expect(scanner.isDone).toBe(false);
  expect(seen.map(path => scanner.done(path))).toEqual([false, false, true]);
  expect(scanner.isDone).toBe(true);
  expect(scanner.progress).toEqual({ found: 3, read: 3, scanned: true });
  expect(scanner.done(folder.at("another"))).toBe(false);
});

test("a project's folder may be a link, and one that leads nowhere, or to itself, does no harm", async () => {
  await using folder = await scratch({ "elsewhere/a.jsonl": "", "claude/projects/p/b.jsonl": "" });
  await symlink(folder.at("elsewhere"), folder.at("claude/projects/linked"));
  await symlink(folder.at("nowhere"), folder.at("claude/projects/broken"));
  await symlink(folder.at("claude/projects/circle"), folder.at("claude/projects/circle"));
  const seen: string[] = [];
  const scanner = new Scanner(files => seen.push(...files.map(file => file.path)));
  await scanner.scan([folder.at("claude")]);
  expect(seen.map(path => path.slice(folder.path.length)).sort()).toEqual([
    "/claude/projects/linked/a.jsonl",
    "/claude/projects/p/b.jsonl",
  ]);
});

test("the files come together, with what tells whether they changed", async () => {
  await using folder = await scratch({ "projects/p/a.jsonl": "1\n", "projects/p/b.jsonl": "22\n" });
  const handed: TranscriptFile[][] = [];
  const scanner = new Scanner(files => handed.push(files));
  await scanner.scan([folder.path]);
  await utimes(folder.at("projects/p/a.jsonl"), 2_000_000_000, 2_000_000_000);
  await scanner.scan([folder.path]);
  expect(handed.map(files => files.length)).toEqual([2, 2]);
  expect(handed[1]?.[0]).toEqual({ path: folder.at("projects/p/a.jsonl"), modified: 2e12, size: 2 });
});

test("where there is nothing all is read at once", async () => {
  await using folder = await scratch();
  const handed: TranscriptFile[][] = [];
  const scanner = new Scanner(files => handed.push(files));
  await scanner.scan([folder.at("none")]);
  expect([handed, scanner.progress, scanner.isDone]).toEqual([
    [[]],
    { found: 0, read: 0, scanned: true },
    true,
  ]);
});
