import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scratch } from "../../../scratch.ts";
import { writeCorpus } from "./corpus.ts";
import { KINDS, type Tokens } from "./ledger.ts";

const NOW = Date.parse("2026-11-21T09:00:00Z");
const WISH = { bytes: 5_000_000, seed: 7, now: NOW };

/** What of a line is looked at here; all kinds of lines together. */
interface Line {
  type: string;
  timestamp?: string;
  isSidechain?: boolean;
  promptSource?: string;
  promptId?: string;
  message?: { id?: string; model?: string; content: string | Block[]; usage?: Usage };
  toolUseResult?: { type?: string; content?: string; structuredPatch?: { lines: string[] }[] };
}

interface Block {
  type: string;
  id?: string;
  name?: string;
  tool_use_id?: string;
  is_error?: boolean;
  input?: { content?: string; old_string?: string; new_string?: string };
}

interface Usage {
  input_tokens: number;
  output_tokens: number;
  cache_read_input_tokens: number;
  cache_creation: { ephemeral_5m_input_tokens: number; ephemeral_1h_input_tokens: number };
}

const transcripts = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter(name => name.endsWith(".jsonl"))
    .sort();

test("the same wish gives the same bytes, and another seed gives others", async () => {
  await using home = await scratch();
  const written = (name: string, seed: number) => {
    const { claude } = writeCorpus({ ...WISH, seed, folder: home.at(name) });
    const hash = createHash("sha256");
    for (const file of readdirSync(claude, { recursive: true, encoding: "utf8" }).sort()) {
      const path = join(claude, file);
      if (statSync(path).isFile()) hash.update(file).update(readFileSync(path));
    }
    return hash.digest("hex");
  };
  const first = written("first", 7);
  expect(written("second", 7)).toBe(first);
  expect(written("third", 8)).not.toBe(first);
});

test("what a corpus says of itself is what its lines say", async () => {
  await using home = await scratch();
  const { claude, truth } = writeCorpus({ ...WISH, folder: home.path });
  const projects = join(claude, "projects");
  const names = transcripts(projects);
  const count = new Recount();
  for (const name of names) {
    const text = readFileSync(join(projects, name), "utf8");
    count.bytes += Buffer.byteLength(text);
    const lines = text.trimEnd().split("\n");
    for (const line of lines) count.line(JSON.parse(line) as Line);
    const last = Math.max(...lines.map(line => Date.parse((JSON.parse(line) as Line).timestamp ?? "") || 0));
    const mtimeMs = Math.round(statSync(join(projects, name)).mtimeMs);
    expect(mtimeMs).toBeLessThanOrEqual(NOW);
    expect(mtimeMs).toBeGreaterThanOrEqual(last);
  }
  const agents = names.filter(name => name.includes("/subagents/")).length;
  expect({ sessions: names.length - agents, subagents: agents, ...count.sums() }).toEqual(
    Object.fromEntries(
      Object.keys(truth).flatMap(key => (UNCOUNTED.has(key) ? [] : [[key, truth[key as "seed"]]])),
    ),
  );
  expect(JSON.parse(readFileSync(home.at("truth.json"), "utf8"))).toEqual(truth);
  for (const kind of ["forks", "recentSessions", "subagents", "edits"] as const)
    expect([kind, truth[kind]]).not.toEqual([kind, 0]);
});

/** Dollars for a million tokens as FORMATS.md has them, in the order of `KINDS`. */
const DOLLARS: [name: RegExp, prices: number[]][] = [
  [/^claude-opus-(5|4-8|4-5-\d{8})$/, [5, 25, 0.5, 6.25, 10]],
  [/^claude-sonnet-5$/, [2, 10, 0.2, 2.5, 4]],
  [/^claude-sonnet-4-5-\d{8}$/, [3, 15, 0.3, 3.75, 6]],
  [/^claude-haiku-4-5-\d{8}$/, [1, 5, 0.1, 1.25, 2]],
];

function costOf(model: string, tokens: Tokens): number {
  const prices = DOLLARS.find(([name]) => name.test(model))?.[1] ?? [];
  return KINDS.reduce((sum, kind, index) => sum + Math.round(tokens[kind] * (prices[index] ?? 0) * 1000), 0);
}

const UNCOUNTED = new Set(["seed", "now", "forks", "recentSessions", "compactions", "cost"]);

/** Counts as a careful reader would, who knows nothing of how the corpus was made. */
class Recount {
  lines = 0;
  bytes = 0;
  readonly #requests = new Map<string, { model: string; usage: Usage }>();
  readonly #calls = new Map<string, Block>();
  readonly #prompts = new Set<string>();
  readonly #edits = new Map<string, { added: number; removed: number }>();

  line({ type, isSidechain, promptSource, promptId, message, toolUseResult }: Line): void {
    this.lines++;
    const { id, model, usage, content } = message ?? {};
    if (type === "assistant" && id && model && usage && model !== "<synthetic>") {
      const known = this.#requests.get(id);
      if (!known || known.usage.output_tokens < usage.output_tokens) this.#requests.set(id, { model, usage });
    }
    if (type === "user" && promptSource && promptId && !isSidechain) this.#prompts.add(promptId);
    if (type !== "user" && type !== "assistant") return;
    for (const block of Array.isArray(content) ? content : []) {
      if (block.type === "tool_use" && block.id) this.#calls.set(block.id, block);
      const call = this.#calls.get(block.tool_use_id ?? "");
      if (!call?.id || block.is_error || !["Edit", "Write"].includes(call.name ?? "")) continue;
      this.#edits.set(call.id, toolUseResult ? ofResult(toolUseResult) : ofInput(call.input ?? {}));
    }
  }

  sums() {
    const models: Record<string, Tokens & { requests: number; cost: number }> = {};
    for (const { model, usage } of this.#requests.values()) {
      models[model] ??= {
        ...{ requests: 0, input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
        cost: 0,
      };
      const tokens = tokensOf(usage);
      for (const kind of KINDS) models[model][kind] += tokens[kind];
      models[model].cost += costOf(model, tokens);
      models[model].requests++;
    }
    const edits = [...this.#edits.values()];
    const sum = (of: (edit: { added: number; removed: number }) => number) =>
      edits.reduce((all, edit) => all + of(edit), 0);
    return {
      ...{ lines: this.lines, bytes: this.bytes, requests: this.#requests.size, models },
      ...{ humanPrompts: this.#prompts.size, toolCalls: this.#calls.size, edits: edits.length },
      ...{ linesAdded: sum(edit => edit.added), linesRemoved: sum(edit => edit.removed) },
    };
  }
}

function tokensOf(usage: Usage): Tokens {
  const { ephemeral_5m_input_tokens: cacheWrite5m, ephemeral_1h_input_tokens: cacheWrite1h } =
    usage.cache_creation;
  const { input_tokens: input, output_tokens: output, cache_read_input_tokens: cacheRead } = usage;
  return { input, output, cacheRead, cacheWrite5m, cacheWrite1h };
}

const lineEnds = (text = "") => text.split("\n").length - 1;

function ofResult({ type, content, structuredPatch = [] }: NonNullable<Line["toolUseResult"]>) {
  if (type === "create") return { added: lineEnds(content), removed: 0 };
  const lines = structuredPatch.flatMap(hunk => hunk.lines);
  const signed = (sign: string) => lines.filter(line => line.startsWith(sign)).length;
  return { added: signed("+"), removed: signed("-") };
}

/** The lines of a sub-agent do not say what came of an edit; what it asked for has no line that stays. */
function ofInput({ content, old_string, new_string }: NonNullable<Block["input"]>) {
  if (content !== undefined) return { added: lineEnds(content), removed: 0 };
  return { added: lineEnds(new_string) + 1, removed: lineEnds(old_string) + 1 };
}
