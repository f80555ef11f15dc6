import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { demoFiles } from "../../.scripts/demo/demo.ts";
import { fieldsOf, type Json, kindOf, toolNames } from "../../.scripts/demo/line-shape.ts";
import { atlasDocs } from "../../.scripts/demo/projects/atlas-docs.ts";
import { checkoutApi } from "../../.scripts/demo/projects/checkout-api.ts";
import { ingest } from "../../.scripts/demo/projects/ingest.ts";
import { replay } from "./demo-replay.ts";
import shapes from "./demo-shapes.json" with { type: "json" };

const root = join(import.meta.dirname, "../../media/demo/projects");
const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter(file => /\.jsonl?$/.test(file))
  .sort();
const text = (file: string) => readFileSync(join(root, file), "utf8");
const lines = (file: string): Json[] =>
  text(file)
    .trimEnd()
    .split("\n")
    .map(line => JSON.parse(line) as Json);
const transcripts = files.filter(file => file.endsWith(".jsonl"));
const sessions = transcripts.filter(file => !file.includes("/subagents/"));
const agentsOf = (session: string) =>
  transcripts.filter(file => file.startsWith(session.replace(".jsonl", "/")));
const blocks = (line: Json) => {
  const { content } = (line.message ?? {}) as { content?: unknown };
  return Array.isArray(content) ? (content as Json[]) : [];
};
const newest = "2026-11-20T16:40:00.000Z";

test("is what the generator writes", () => {
  const generated = demoFiles().sort((a, b) => (a.path < b.path ? -1 : 1));
  expect(generated.map(({ path }) => path)).toEqual(files);
  for (const { path, text: expected } of generated) expect(text(path), path).toBe(expected);
  expect(generated.reduce((sum, file) => sum + file.text.length, 0)).toBeLessThan(400_000);
});

test("has seven sessions, and ends at the demo's now", () => {
  expect(sessions).toHaveLength(7);
  const times = transcripts.flatMap(lines).flatMap(line => (line.timestamp ? [String(line.timestamp)] : []));
  expect(times.sort().at(-1)).toBe(newest);
});

describe.each(transcripts)("%s", file => {
  test("answers every tool call once", () => {
    const all = lines(file).flatMap(blocks);
    const calls = all.filter(block => block.type === "tool_use").map(block => block.id);
    const answers = all.filter(block => block.type === "tool_result").map(block => block.tool_use_id);
    // only the call that waits for the developer has none
    const last = lines(file).at(-1);
    const waiting = last?.timestamp === newest ? blocks(last).map(block => block.id) : [];
    expect(new Set(calls).size).toBe(calls.length);
    expect([...answers, ...waiting].sort()).toEqual(calls.sort());
  });

  test("is one chain in the order of time", () => {
    const known = new Set<unknown>();
    let time = "";
    for (const line of lines(file)) {
      if (!line.uuid) continue;
      if (line.subtype === "compact_boundary") expect(known).toContain(line.logicalParentUuid);
      else if (known.size > 0) expect(known).toContain(line.parentUuid);
      else expect(line.parentUuid).toBeNull();
      expect(known).not.toContain(line.uuid);
      known.add(line.uuid);
      if (line.type === "attachment") continue;
      expect(String(line.timestamp) >= time, String(line.uuid)).toBe(true);
      time = String(line.timestamp);
    }
  });

  test("uses the client's fields only, and all it always writes", () => {
    const tools = toolNames(lines(file));
    for (const line of lines(file)) checkShape(kindOf(line, tools), line);
  });
});

test.each(files.filter(file => file.endsWith(".meta.json")))("%s describes a call of its session", file => {
  const meta = JSON.parse(text(file)) as Json;
  checkShape("meta", { type: "meta", ...meta });
  const session = `${file.split("/subagents/")[0]}.jsonl`;
  const calls = lines(session).flatMap(blocks);
  expect(calls.find(block => block.id === meta.toolUseId)?.name).toBe("Agent");
});

function checkShape(kind: string, line: Json): void {
  const all = Object.entries(shapes as unknown as Record<string, Record<string, string>>);
  const shape = all.find(([known]) => known === kind)?.[1] ?? {};
  expect(shape, kind).not.toEqual({});
  // a field of the line itself may have been seen on any line of its type, a nested one only on its own kind
  const sameType = all.filter(([known]) => known.replace("agent ", "").split(" ")[0] === line.type);
  const typesOf = (path: string) =>
    shape[path] ??
    (path.lastIndexOf(".") === 0 ? sameType.find(([, other]) => path in other)?.[1][path] : undefined);
  const present = new Set<string>();
  for (const [path, type] of fieldsOf(line)) {
    present.add(path);
    expect(typesOf(path)?.replace("?", "").split("|") ?? [], `${kind} ${path}`).toContain(type);
  }
  for (const [path, types] of Object.entries(shape)) {
    // fields of list elements and maps are there only if the element is
    if (types.endsWith("?") || path.includes("[]") || path.includes("*")) continue;
    expect(present, kind).toContain(path);
  }
}

// FORMATS.md section 5: dollars per million tokens
const prices: Record<
  string,
  [input: number, output: number, write5m: number, write1h: number, read: number]
> = {
  "claude-opus-5-5": [4, 20, 5, 8, 0.2],
  "claude-sonnet-5-5": [2, 10, 2.5, 4, 0.1],
  "claude-haiku-4-5-20251001": [1, 5, 1.25, 2, 0.1],
  "claude-haiku-5-5": [0.1, 0.5, 0.125, 0.2, 0.01],
  "claude-haiku-5-5 above 100k": [0.5, 2.5, 0.625, 1, 0.05],
};

type Usage = {
  input_tokens: number;
  output_tokens: number;
  cache_read_input_tokens: number;
  cache_creation_input_tokens: number;
  cache_creation: { ephemeral_1h_input_tokens: number };
};

function dollars(model: string, usage: Usage): number {
  const { input_tokens: input, cache_read_input_tokens: read, cache_creation_input_tokens: write } = usage;
  const big = model === "claude-haiku-5-5" && input + read + write > 100_000;
  const price = prices[big ? `${model} above 100k` : model];
  if (!price) throw new Error(`no price for ${model}`);
  const hour = Math.min(usage.cache_creation.ephemeral_1h_input_tokens, write);
  const [perInput, perOutput, per5m, per1h, perRead] = price;
  const sum = input * perInput + usage.output_tokens * perOutput + read * perRead;
  return (sum + (write - hour) * per5m + hour * per1h) / 1e6;
}

function spent(session: string): number {
  const messages = new Map<string, { model: string; usage: Usage }>();
  for (const line of [session, ...agentsOf(session)].flatMap(lines)) {
    if (line.type !== "assistant") continue;
    const message = line.message as { id: string; model: string; usage: Usage };
    const known = messages.get(message.id);
    if (!known || message.usage.output_tokens > known.usage.output_tokens) messages.set(message.id, message);
  }
  return [...messages.values()].reduce((sum, { model, usage }) => sum + dollars(model, usage), 0);
}

const costState = (session: string) => lines(session).findLast(line => line.type === "cost-state");
const ended = sessions.filter(costState);
const compacted = (session: string) => lines(session).some(line => line.subtype === "compact_boundary");

test("all sessions but the one at work have their cost in the end", () => {
  const running = sessions.filter(session => lines(session).some(line => line.timestamp === newest));
  expect(sessions.filter(session => !costState(session))).toEqual(running);
});

test.each(ended.filter(compacted))("cost of %s is higher by the compaction, which has no line", session => {
  const extra = Number(costState(session)?.totalCostUSD) - spent(session);
  expect(extra).toBeGreaterThan(0.01);
  expect(extra).toBeLessThan(0.2);
});

test.each(ended.filter(session => !compacted(session)))("cost of %s is the sum of all responses", session => {
  expect(costState(session)?.totalCostUSD).toBeCloseTo(spent(session), 9);
});

describe.each(ended)("cost of %s", session => {
  const state = costState(session);
  const usage = Object.entries((state?.modelUsage ?? {}) as Record<string, Record<string, number>>);

  test("is that of its models' tokens", () => {
    expect(usage.reduce((sum, [, { costUSD = 0 }]) => sum + costUSD, 0)).toBeCloseTo(
      Number(state?.totalCostUSD),
      9,
    );
    for (const [model, tokens] of usage) {
      const { inputTokens = 0, outputTokens = 0, cacheReadInputTokens = 0 } = tokens;
      const total: Usage = {
        input_tokens: inputTokens,
        output_tokens: outputTokens,
        cache_read_input_tokens: cacheReadInputTokens,
        cache_creation_input_tokens: tokens.cacheCreationInputTokens ?? 0,
        cache_creation: { ephemeral_1h_input_tokens: tokens.cacheCreationEphemeral1hInputTokens ?? 0 },
      };
      // the price of haiku 5.5 depends on each request, and no request of the demo is above 100k
      const [perInput, perOutput, per5m, , perRead] = prices[model] ?? [0, 0, 0, 0, 0];
      const sum = inputTokens * perInput + outputTokens * perOutput + cacheReadInputTokens * perRead;
      expect(tokens.costUSD).toBeCloseTo((sum + total.cache_creation_input_tokens * per5m) / 1e6, 9);
    }
  });
});

test.each([checkoutApi(), ingest(), atlasDocs()])(
  "edits of $cwd lead from one state to the next",
  project => {
    const start = (path: string) => {
      const file = path.slice(project.cwd.length + 1);
      return project.has(file) ? project.read(file) : "";
    };
    const ofProject = transcripts.filter(file => file.startsWith(`${project.slug}/`));
    const { problems, edits } = replay(ofProject.flatMap(lines), start);
    expect(problems).toEqual([]);
    expect(edits).toBeGreaterThan(2);
  },
);

test("some patch has several hunks", () => {
  const patches = transcripts.flatMap(lines).flatMap(line => {
    const { structuredPatch } = (line.toolUseResult ?? {}) as { structuredPatch?: unknown };
    return Array.isArray(structuredPatch) ? [structuredPatch.length] : [];
  });
  expect(Math.max(...patches)).toBeGreaterThan(1);
});
