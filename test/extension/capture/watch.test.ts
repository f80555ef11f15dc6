import { rm } from "node:fs/promises";
import { expect, test, vi } from "vitest";
import { watchTranscripts } from "../../../extension/capture/watch.ts";
import { scratch } from "../../scratch.ts";

const soon = { timeout: 30_000, interval: 200 };

/** Watches folders, and remembers what was told. */
function watching(...folders: string[]) {
  const seen = new Set<string>();
  const looked = new Set<string>();
  const watcher = watchTranscripts(folders, {
    changed: path => seen.add(path),
    look: folder => looked.add(folder),
    failed: error => {
      throw error;
    },
  });
  return { seen, looked, [Symbol.asyncDispose]: () => watcher.close() };
}

test("tells of transcripts that grow, of new directories, and of folders that come, or come again", async () => {
  await using folder = await scratch({ "claude/projects/p/a.jsonl": "1\n" });
  const claude = folder.at("claude");
  await using watched = watching(claude, folder.at("later"));
  const { seen, looked } = watched;
  const grows = (name: string) =>
    vi.waitFor(async () => {
      await folder.append(name, "2\n");
      expect(seen).toContain(folder.at(name));
    }, soon);

  await grows("claude/projects/p/a.jsonl");

  // What was written into a new directory before it was watched is found by looking.
  looked.clear();
  await folder.write("claude/projects/new/b.jsonl", "1\n");
  await folder.write("claude/projects/new/s/subagents/agent-a1.meta.json", "{}");
  await vi.waitFor(() => expect(looked).toContain(claude), soon);
  await grows("claude/projects/new/b.jsonl");
  await grows("claude/projects/new/s/subagents/agent-a1.meta.json");

  await folder.write("later/projects/p/c.jsonl", "1\n");
  await vi.waitFor(() => expect(looked).toContain(folder.at("later")), soon);
  await grows("later/projects/p/c.jsonl");

  await rm(claude, { recursive: true });
  await new Promise(resolve => setTimeout(resolve, 2500));
  looked.clear();
  await folder.write("claude/projects/p/d.jsonl", "1\n");
  await vi.waitFor(() => expect(looked).toContain(claude), soon);
  // A folder that came again is watched again, not only looked through once.
  await grows("claude/projects/p/d.jsonl");
});

test("of other files nothing is told", async () => {
  await using folder = await scratch({ "claude/projects/p/a.jsonl": "1\n" });
  await using watched = watching(folder.at("claude"));
  await vi.waitFor(async () => {
    await folder.append("claude/projects/p/notes.txt", "1\n");
    await folder.append("claude/projects/p/a.jsonl", "2\n");
    expect([...watched.seen]).toEqual([folder.at("claude/projects/p/a.jsonl")]);
  }, soon);
});

test("once it is closed it tells nothing", async () => {
  await using folder = await scratch({ "claude/projects/p/a.jsonl": "1\n" });
  const { seen, looked, ...watched } = watching(folder.at("claude"));
  await watched[Symbol.asyncDispose]();
  await folder.append("claude/projects/p/a.jsonl", "2\n");
  await new Promise(resolve => setTimeout(resolve, 500));
  expect([[...seen], [...looked]]).toEqual([[], []]);
});
