import { rm } from "node:fs/promises";
import { expect, test, vi } from "vitest";
import { watchTranscripts } from "../../../extension/capture/watch.ts";
import { scratch } from "../../scratch.ts";

test("tells of transcripts that grow or appear, and of folders that come, or come again", async () => {
  await using folder = await scratch({ "claude/projects/p/a.jsonl": "1\n" });
  const seen = new Set<string>();
  const appeared: string[] = [];
  const watcher = watchTranscripts([folder.at("claude"), folder.at("later")], {
    changed: path => seen.add(path),
    look: folder => appeared.push(folder),
    failed: error => {
      throw error;
    },
  });
  try {
    await vi.waitFor(
      async () => {
        await folder.append("claude/projects/p/a.jsonl", "2\n");
        expect(seen).toContain(folder.at("claude/projects/p/a.jsonl"));
      },
      { timeout: 10_000, interval: 200 },
    );
    await folder.write("claude/projects/new/b.jsonl", "1\n");
    await folder.write("claude/projects/new/notes.txt", "1\n");
    await folder.write("later/projects/p/c.jsonl", "1\n");
    await vi.waitFor(
      () => {
        expect(seen).toContain(folder.at("claude/projects/new/b.jsonl"));
        expect(appeared).toEqual([folder.at("later")]);
      },
      { timeout: 10_000 },
    );
    await rm(folder.at("claude"), { recursive: true });
    await new Promise(resolve => setTimeout(resolve, 2500));
    await folder.write("claude/projects/p/d.jsonl", "1\n");
    await vi.waitFor(() => expect(appeared).toEqual([folder.at("later"), folder.at("claude")]), {
      timeout: 10_000,
    });
    // A folder that came again is watched again, not only looked through once.
    await vi.waitFor(
      async () => {
        await folder.append("claude/projects/p/d.jsonl", "2\n");
        expect(seen).toContain(folder.at("claude/projects/p/d.jsonl"));
      },
      { timeout: 10_000, interval: 200 },
    );
    expect([...seen].filter(path => !path.endsWith(".jsonl"))).toEqual([]);
  } finally {
    await watcher.close();
  }
}, 30_000);
