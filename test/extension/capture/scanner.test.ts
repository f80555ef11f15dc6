import { symlink, utimes } from "node:fs/promises";
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

  const seen: string[] = [];
  const scanner = new Scanner(path => seen.push(path));
  expect(scanner.progress).toEqual({ found: 0, read: 0, scanned: false });
  await scanner.scan([folder.at("one"), folder.at("two"), folder.at("missing")]);
  expect(seen).toEqual(times.map(([name]) => folder.at(name)).reverse());
  expect(seen.map(path => scanner.done(path))).toEqual([false, false, true]);
  expect(scanner.progress).toEqual({ found: 3, read: 3, scanned: true });
  expect(scanner.done(folder.at("another"))).toBe(false);
});

test("a project's folder may be a link, and a link that leads nowhere does no harm", async () => {
  await using folder = await scratch({ "elsewhere/a.jsonl": "", "claude/projects/p/b.jsonl": "" });
  await symlink(folder.at("elsewhere"), folder.at("claude/projects/linked"));
  await symlink(folder.at("nowhere"), folder.at("claude/projects/broken"));
  const seen: string[] = [];
  await new Scanner(path => seen.push(path)).scan([folder.at("claude")]);
  expect(seen.map(path => path.slice(folder.path.length)).sort()).toEqual([
    "/claude/projects/linked/a.jsonl",
    "/claude/projects/p/b.jsonl",
  ]);
});
