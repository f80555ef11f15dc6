import { symlink } from "node:fs/promises";
import { relative } from "node:path";
import { expect, test } from "vitest";
import { agentOf, findTranscripts, isTranscript } from "../../../extension/capture/transcripts.ts";
import { scratch } from "../../scratch.ts";

test.each([
  ["/c/projects/p/s.jsonl", true],
  ["/c/projects/p/agent-a1.jsonl", true],
  ["/c/projects/p/s/subagents/agent-a1.jsonl", true],
  ["/c/projects/p/s/subagents/agent-a1.meta.json", true],
  ["C:\\c\\projects\\p\\s\\subagents\\agent-a1.meta.json", true],
  ["/c/projects/p/s/agent-a1.meta.json", false],
  ["/c/projects/p/s/tool-results/b.txt", false],
  ["/c/projects/p/notes.json", false],
])("%s is read: %s", (path, is) => expect(isTranscript(path)).toBe(is));

test.each([
  ["/c/projects/p/s1/subagents/agent-a1.meta.json", { session: "s1", agent: "a1" }],
  ["C:\\c\\projects\\p\\s1\\subagents\\agent-a1.meta.json", { session: "s1", agent: "a1" }],
  ["/c/projects/p/s1/subagents/agent-a1.jsonl", undefined],
  ["/c/projects/p/s1.jsonl", undefined],
])("%s is about %j", (path, agent) => expect(agentOf(path)).toEqual(agent));

test("finds them at any depth that Claude Code uses, and no end of a link that leads back", async () => {
  await using folder = await scratch({
    "projects/p/s1.jsonl": "1\n",
    "projects/p/s1/subagents/agent-a1.jsonl": "",
    "projects/p/s1/subagents/agent-a1.meta.json": "{}",
    "projects/p/s1/tool-results/b.txt": "",
    "elsewhere/s2.jsonl": "",
  });
  await symlink(folder.at("projects/p"), folder.at("projects/p/s1/back"));
  const found = (await findTranscripts(folder.path)).map(file => relative(folder.path, file.path));
  expect(found.filter(path => !path.includes("back")).sort()).toEqual([
    "projects/p/s1.jsonl",
    "projects/p/s1/subagents/agent-a1.jsonl",
    "projects/p/s1/subagents/agent-a1.meta.json",
  ]);
});
