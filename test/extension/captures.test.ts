import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Session, SessionRow, Step } from "../../extension/protocol.ts";
import { scratch } from "../scratch.ts";
import { openOwner } from "./open-owner.ts";

/**
 * Real sessions of the real client, each with its truth: what the script asked for, what the model's stand-in
 * served, what git says, and what the client billed.
 */
const CAPTURES = resolve("test/fixtures/captures");
const names = readdirSync(CAPTURES);

interface Truth {
  cli: string;
  sessions: string[];
  prompts: { count: number; texts: string[] };
  tool_calls: Call[];
  files: { path: string; added: number; removed: number; status: "A" | "M" | "D" }[] | null;
  renames: { from: string; to: string }[] | null;
  outside_files: string[];
  commits: { hash: string }[] | null;
  superseded_commits: { hash: string }[] | null;
  note?: string;
  pr_urls?: string[];
  subagents: { count: number };
  cost: {
    transcript_dedup_total_usd: number;
    oracle_new_spend_usd: number;
    scripted_compaction_usd: number;
    transcript_reproduces_oracle: boolean;
  };
  tokens_by_model: Record<
    string,
    Record<"requests" | "input" | "output" | "cache_read" | "cache_write_5m" | "cache_write_1h", number>
  >;
  incomplete_responses: unknown[];
}

interface Call {
  id: string;
  request_id: string;
  name: string;
  agent: string | null;
  target: string | null;
  ok: boolean | null;
  added?: number;
  removed?: number;
}

let home: Awaited<ReturnType<typeof scratch>>;
let owner: ReturnType<typeof openOwner>;
let rows: SessionRow[];

// One recorder reads them all, as they would lie in one person's folders.
beforeAll(async () => {
  home = await scratch();
  owner = openOwner(home.path, { folders: names.map(name => join(CAPTURES, name)) });
  await owner.ready();
  rows = await owner.sessions();
});

afterAll(async () => {
  await owner?.[Symbol.asyncDispose]();
  await home?.[Symbol.asyncDispose]();
});

describe.each(names)("%s", name => {
  const truth = JSON.parse(readFileSync(join(CAPTURES, name, "expected.json"), "utf8")) as Truth;
  let sessions: Session[];
  let steps: Step[];
  let mine: SessionRow[];

  beforeAll(async () => {
    mine = rows.filter(row => row.transcript.startsWith(join(CAPTURES, name, sep)));
    sessions = await Promise.all(mine.map(row => owner.session(row.id)));
    steps = sessions.flatMap(session => session.prompts.flatMap(prompt => prompt.steps));
  });

  test("prompts, and the commands that the transcript has", () => {
    const commands = steps.filter(step => step.kind === "command").map(step => step.target);
    const prompts = sessions.flatMap(session =>
      session.prompts.filter(prompt => prompt.id !== "").map(prompt => prompt.text),
    );
    const asked = truth.prompts.texts.filter(text => !isClientCommand(text, name));
    expect(prompts.sort()).toEqual(asked.sort());
    const told = truth.prompts.texts.filter(text => isClientCommand(text, name) && inTranscripts(name, text));
    expect(commands).toEqual(expect.arrayContaining(told));
  });

  test("tool calls: their name, what they were about, and how they ended", () => {
    const calls = steps.filter(step => step.kind === "tool");
    const found = calls.map(({ id, name, target }) => ({ id, name, target: target && cut(target) }));
    expect(sorted(found)).toEqual(sorted(truth.tool_calls.map(call => ({ ...pick(call, found) }))));
    for (const { id, ok, request_id, agent, added, removed } of truth.tool_calls) {
      const step = calls.find(step => step.id === id);
      if (ok !== null) expect([id, step?.status === "ok"]).toEqual([id, ok]);
      expect([id, step?.requestId]).toEqual([id, request_id]);
      expect([id, step?.agentId !== null]).toEqual([id, agent !== null]);
      if (ok && added !== undefined) expect([id, step?.added, step?.removed]).toEqual([id, added, removed]);
    }
    expect(mine.reduce((sum, row) => sum + row.toolCalls, 0)).toBe(truth.tool_calls.length);
  });

  test("files and lines", () => {
    const letters = { created: "A", renamed: "A", changed: "M", deleted: "D" } as const;
    const found = sessions.flatMap(({ project, files }) =>
      files.map(({ path, added, removed, status }) => ({
        ...{ path: relative(project, path), added, removed, status: letters[status] },
      })),
    );
    const inside = found.filter(file => !file.path.startsWith(".."));
    // Where a hook of the user's formats the files after each edit, git's view has that too.
    const formatted = truth.note?.includes("formatter");
    const edited = truth.tool_calls.flatMap(({ added, removed }) =>
      added === undefined ? [] : [{ added, removed }],
    );
    if (formatted) expect(inside).toMatchObject(edited);
    else if (truth.files?.length) expect(byPath(inside)).toEqual(byPath(truth.files));
    expect(found.filter(file => file.path.startsWith("..")).length).toBe(truth.outside_files.length);
  });

  test("commits and sub-agents", () => {
    const commits = sessions.flatMap(session => session.commits);
    const made = [...(truth.commits ?? []), ...(truth.superseded_commits ?? [])];
    expect(commits).toHaveLength(made.length);
    for (const { sha } of commits)
      if (sha !== null) expect(made.map(commit => commit.hash.slice(0, sha.length))).toContain(sha);
    expect(sessions.flatMap(session => session.subagents)).toHaveLength(truth.subagents.count);
  });

  test("tokens and models", () => {
    expect([...new Set(mine.flatMap(row => row.models))].sort()).toEqual(
      expect.arrayContaining(Object.keys(truth.tokens_by_model)),
    );
    // Old clients write what they count before a response is whole, and have agents that warm up; no client
    // writes down what it took to compact.
    if (!exact(truth)) return;
    for (const name of ["input", "output", "cacheRead", "cacheWrite5m", "cacheWrite1h"] as const) {
      const snake = name.replace(/[A-Z]|\d[mh]/g, part => `_${part.toLowerCase()}`) as Bucket;
      const served = Object.values(truth.tokens_by_model).reduce((sum, tokens) => sum + tokens[snake], 0);
      expect([name, mine.reduce((sum, row) => sum + row.tokens[name], 0)]).toEqual([name, served]);
    }
  });

  test("cost, to the billionth of a dollar", () => {
    const nano = (dollars: number) => Math.round(dollars * 1e9);
    const cost = mine.reduce((sum, row) => sum + nano(row.costUsd), 0);
    expect(cost).toBe(nano(truth.cost.transcript_dedup_total_usd));
    for (const [i, row] of mine.entries()) {
      const parts = sessions[i]?.prompts.reduce((sum, prompt) => sum + nano(prompt.costUsd), 0);
      expect(parts).toBe(nano(row.costUsd));
      expect(row.unpricedModels).toEqual([]);
    }
    // What the client billed beyond that stands apart: where it says so, and no response was cut short.
    const unattributed = mine.reduce((sum, row) => sum + nano(row.unattributedUsd), 0);
    const beyond = nano(truth.cost.oracle_new_spend_usd) - cost;
    const told = transcriptsOf(name).some(text => text.includes('"type":"cost-state"'));
    expect(unattributed).toBe(told && truth.incomplete_responses.length === 0 ? beyond : 0);
  });
});

type Bucket = "input" | "output" | "cache_read" | "cache_write_5m" | "cache_write_1h";

function exact({ cli, incomplete_responses, cost }: Truth): boolean {
  return !/^v[12]0$/.test(cli) && incomplete_responses.length === 0 && cost.scripted_compaction_usd === 0;
}

/** The client's own commands are no prompts; one of the user's is. */
function isClientCommand(text: string, name: string): boolean {
  return text.startsWith("/") && !inTranscripts(name, text, "<command-message>");
}

function inTranscripts(name: string, command: string, before = ""): boolean {
  const [word = ""] = command.slice(1).split(" ");
  const tags = before
    ? `${before}${word}</command-message>\\n<command-name>/${word}<`
    : `<command-name>/${word}<`;
  return transcriptsOf(name).some(text => text.includes(tags));
}

function transcriptsOf(name: string): string[] {
  const files = readdirSync(join(CAPTURES, name, "projects"), { recursive: true, encoding: "utf8" });
  return files
    .filter(file => file.endsWith(".jsonl"))
    .map(file => readFileSync(join(CAPTURES, name, "projects", file), "utf8"));
}

/** As the truth has long commands. */
function cut(target: string): string {
  return target.length > 300 ? `${target.slice(0, 300)}…` : target;
}

function pick({ id, name, target }: Call, found: { id: string; target: string | null }[]) {
  // The truth says what files, commands and patterns calls were about, not those of other tools.
  return { id, name, target: target ?? found.find(step => step.id === id)?.target ?? null };
}

function sorted<T extends { id: string }>(items: T[]): T[] {
  return items.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function byPath<T extends { path: string }>(items: T[]): T[] {
  return [...items].sort((a, b) => (a.path < b.path ? -1 : 1));
}
