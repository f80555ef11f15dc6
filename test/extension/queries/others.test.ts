import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Others } from "../../../extension/queries/others.ts";
import { repository } from "./repository.ts";

const FIRST = "function total() {\n  return 0;\n}\n";
const SECOND = "function total(items) {\n  const sum = add(items);\n  return sum;\n}\n";
const LATER = `// counts\n${SECOND}// the end\n`;

type Range = [start: number, end: number, hash?: string];

const recordOf = (
  revision: string,
  ranges: Range[],
  more: object = {},
  contributor: object = { type: "ai" },
) =>
  JSON.stringify({
    version: "0.1.0",
    id: "7f1c6cf2-3f6e-4d5a-9b61-111111111111",
    timestamp: "2026-11-01T10:00:00Z",
    vcs: { type: "git", revision },
    tool: { name: "cursor", version: "2.4.0" },
    files: [
      {
        path: "total.ts",
        conversations: [
          {
            url: "https://cursor.example/c/1",
            contributor: { model_id: "openai/gpt-5", ...contributor },
            ranges: ranges.map(([start_line, end_line, content_hash]) => ({
              ...{ start_line, end_line },
              ...(content_hash && { content_hash }),
            })),
          },
        ],
      },
    ],
    ...more,
  });

/** Two commits, what is noted of them, and the lines of the text by now that somebody else is known to have written. */
async function noted(
  files: (first: string, second: string) => Record<string, string>,
  { text = SECOND, note }: { text?: string; note?: string } = {},
) {
  await using repo = await repository();
  const first = await repo.commit({ "total.ts": FIRST });
  const second = await repo.commit({ "total.ts": SECOND });
  if (note !== undefined) repo.git("notes", "--ref=ai", "add", "-m", note, second);
  for (const [name, words] of Object.entries(files(first, second))) await repo.write(name, words);
  const bad: (string | undefined)[] = [];
  const others = new Others(why => bad.push(why));
  const { owners, others: names } = await others.of({ path: join(repo.path, "total.ts"), text });
  const found = [...owners].flatMap((owner, line) => {
    const { by, sure } = names[owner] ?? {};
    return by ? [`${line + 1} ${by.name} ${by.model}${sure ? "" : "?"}`] : [];
  });
  return { found, bad };
}

const record = (...ranges: Range[]) => ({
  it: (_: string, second: string) => ({ ".agent-trace/a.json": recordOf(second, ranges) }),
  before: (first: string) => ({ ".agent-trace/traces.jsonl": recordOf(first, ranges, { version: "1.0" }) }),
});
const sha256 = (text: string) => `sha256:${createHash("sha256").update(text).digest("hex")}`;
const SUM = "  const sum = add(items);\n  return sum;";

test.each<[string, Parameters<typeof noted>[0], string[], string?]>([
  ["the lines of a commit", record([1, 3]).it, ["1 Cursor gpt-5", "2 Cursor gpt-5", "3 Cursor gpt-5"]],
  ["not those that were there before", record([3, 4]).it, ["3 Cursor gpt-5"]],
  ["where they are by now", record([2, 3]).it, ["3 Cursor gpt-5", "4 Cursor gpt-5"], LATER],
  [
    "not what was typed since",
    record([2, 3]).it,
    ["4 Cursor gpt-5"],
    LATER.replace("add(items)", "sum(items)"),
  ],
  ["the commit after the one that is noted", record([2, 3]).before, ["2 Cursor gpt-5?", "3 Cursor gpt-5?"]],
  ["by their hash", record([2, 3, sha256(SUM)]).before, ["2 Cursor gpt-5", "3 Cursor gpt-5"]],
  ["not by another hash", record([2, 3, sha256("x")]).it, []],
  ["not the noise of an event", record([1, 1]).it, []],
  ["not beyond the end", record([90, 99]).it, []],
  [
    "nothing of our own",
    (_, two) => ({
      ".agent-trace/a.json": recordOf(two, [[1, 9]], { tool: { name: "agent-trace-vscode" } }),
    }),
    [],
  ],
  [
    "nothing of a commit that is not there",
    () => ({ ".agent-trace/a.json": recordOf("0".repeat(40), [[1, 9]]) }),
    [],
  ],
  ["nothing of another file", (_, two) => ({ "sub/.agent-trace/a.json": recordOf(two, [[1, 9]]) }), []],
  ["nothing without records", () => ({}), []],
])("records name %s", async (_, files, expected, text = SECOND) => {
  expect((await noted(files, { text })).found).toEqual(expected);
});

const note = (entries: string, more: object = {}) =>
  `${entries}\n---\n${JSON.stringify({
    ...{ schema_version: "authorship/3.0.0", base_commit_sha: "0".repeat(40) },
    sessions: { s_c9883b05a2487d: { agent_id: { tool: "codex", id: "c1", model: "gpt-5-codex" } } },
    humans: {
      h_31dce776f88375: { author: "Ada <ada@example.com>" },
      h_00000000000001: { author: "Sam <sam@example.com>" },
    },
    prompts: { d9978a8723e02b52: { agent_id: { tool: "windsurf", id: "w1", model: "swe-1" } } },
    ...more,
  })}`;

test.each<[string, string, string[]]>([
  [
    "sessions and people",
    "total.ts\n  s_c9883b05a2487d::t_9f8e7d6c5b4a32 1-2\n  h_31dce776f88375 3",
    ["1 Codex gpt-5-codex", "2 Codex gpt-5-codex", "3 Ada null"],
  ],
  ["you", "total.ts\n  h_00000000000001 2", ["2 You null"]],
  ["older prompts", '"total.ts"\n  d9978a8723e02b52 1,3', ["1 Windsurf swe-1", "3 Windsurf swe-1"]],
  ["no other file", "other.ts\n  d9978a8723e02b52 1-3", []],
  ["nobody whom it does not know", "total.ts\n  s_00000000000000::t_9f8e7d6c5b4a32 1-3", []],
])("a note of git-ai names %s", async (_, entries, expected) => {
  expect((await noted(() => ({}), { note: note(entries) })).found).toEqual(expected);
});

test("what is no record is told of once, and is no trouble to the others", async () => {
  const { found, bad } = await noted((_, two) => ({
    ".agent-trace/a.json": "{",
    ".agent-trace/traces.jsonl": `nonsense\n${recordOf(two, [[2, 2]])}\n{}\n`,
  }));
  expect(found).toEqual(["2 Cursor gpt-5"]);
  expect(bad.at(-1)).toMatch(/a\.json: 1 of 1 .+traces\.jsonl: 2 of 3/);
});

test("a new commit and a new record are seen", async () => {
  await using repo = await repository();
  const others = new Others(() => {});
  const path = join(repo.path, "total.ts");
  const named = async (text: string) => (await others.of({ path, text })).owners.filter(by => by >= 0).length;
  const first = await repo.commit({ "total.ts": FIRST });
  expect(await named(FIRST)).toBe(0);
  await repo.write(".agent-trace/a.json", recordOf(first, [[1, 2]]));
  expect(await named(FIRST)).toBe(2);
  await repo.write(".agent-trace/b.json", recordOf(first, [[3, 3]]));
  expect(await named(FIRST)).toBe(3);
});

test("a repository may set what it likes: nothing of it is run", async () => {
  await using repo = await repository();
  const others = new Others(() => {});
  const revision = await repo.commit({ "total.ts": FIRST });
  await repo.write(".agent-trace/a.json", recordOf(revision, [[1, 3]]));
  const touch = `touch ${join(repo.path, "was-run")} #`;
  for (const key of ["core.fsmonitor", "gpg.program", "core.pager", "diff.external", "core.sshCommand"])
    repo.git("config", key, touch);
  repo.git("config", "log.showSignature", "true");
  const { owners } = await others.of({ path: join(repo.path, "total.ts"), text: FIRST });
  expect([...owners]).toEqual([0, 0, 0]);
  expect(existsSync(join(repo.path, "was-run"))).toBe(false);
});

test("a file outside of any repository has nobody", async () => {
  expect((await new Others(() => {}).of({ path: "/nowhere/a.ts", text: "a\n" })).others).toEqual([]);
});
