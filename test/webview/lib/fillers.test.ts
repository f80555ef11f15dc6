import { describe, expect, test } from "vitest";
import type { ModelRequest, Prompt, Step } from "../../../extension/protocol.ts";
import { contextOf, type Filled, fillersOf } from "../../../webview/lib/fillers.ts";
import { storyOf } from "../../../webview/lib/story.ts";
import { captures } from "../../extension/captured.ts";
import { captured, recorded } from "../../extension/queries/recorded.ts";
import { prompt, session, step } from "../session.ts";

function request(
  id: string,
  at: number,
  tokens: number,
  output = 0,
  agentId: string | null = null,
): ModelRequest {
  const cached = { input: 0, output, cacheRead: tokens, cacheWrite5m: 0, cacheWrite1h: 0 };
  return { id, at, agentId, model: "m", durationMs: null, costUsd: 0, tokens: cached };
}

const did = (id: string, requestId: string, startedAt: number, more: Partial<Step> = {}) =>
  step(id, { requestId, startedAt, toldBytes: 3000, saidBytes: 100, ...more });
const asked = (text: string, startedAt: number, steps: Step[]): Prompt =>
  prompt(`p${startedAt}`, text, steps, { startedAt });

function filled(requests: ModelRequest[], ...prompts: Prompt[]): Partial<Filled>[] {
  const found = fillersOf(storyOf(session(prompts, { requests })));
  const rounded = ({ tools: _, ...by }: Filled) =>
    Object.entries(by).flatMap(([of, n]) => (n ? [[of, Math.round(n)]] : []));
  return [...found.values()].map(by => Object.fromEntries(rounded(by)));
}

const first = request("r1", 10, 10_000, 200);
const next = (tokens: number) => request("r2", 20, tokens, 50);
const begun = { base: 9990, prompts: 10 };
const ask = "x".repeat(30);

describe("what came between two requests", () => {
  const answer = did("a", "r2", 20, { kind: "response" });
  const second = (tokens: number, ...made: Step[]) =>
    filled([first, next(tokens)], asked(ask, 1, [...made, answer]))[1];

  test.each<[what: string, tokens: number, made: Step[], expected: Partial<Filled>]>([
    ["the file that was read", 11_000, [did("t", "r1", 11, { name: "Read" })], { answers: 200, files: 800 }],
    ["what a command printed", 11_000, [did("t", "r1", 11)], { answers: 200, output: 800 }],
    ["a sub-agent's report", 11_000, [did("t", "r1", 11, { name: "Agent" })], { answers: 200, agents: 800 }],
    [
      "two at once, by their sizes",
      11_000,
      [did("t", "r1", 11, { name: "Read", toldBytes: 6000 }), did("u", "r1", 11)],
      { answers: 200, files: 533, output: 267 },
    ],
    [
      "a thought and a call, by their sizes",
      10_200,
      [did("t", "r1", 11, { kind: "thinking", saidBytes: 300 }), did("u", "r1", 11)],
      { answers: 50, thoughts: 150 },
    ],
    [
      "no more than can be in so few bytes",
      15_000,
      [did("t", "r1", 11)],
      { answers: 200, output: 1000, rest: 3800 },
    ],
    ["an answer of which not all stayed", 10_100, [did("t", "r1", 11)], { answers: 100 }],
  ])("%s", (_, tokens, made, expected) => {
    expect(second(tokens, ...made)).toEqual({ ...begun, ...expected });
  });
});

const answers = (...ids: string[]) =>
  ids.map((id, i) => did(`a${i}`, id, 10 * (i + 1), { kind: "response", toldBytes: 0 }));

test("the first request holds what there was before anything was asked", () => {
  expect(filled([first], asked(ask, 1, answers("r1")))).toEqual([begun]);
});

test("a further prompt is told from what the client adds to it", () => {
  const prompts = [asked(ask, 1, answers("r1", "r2")), asked("y".repeat(300), 15, [])];
  expect(filled([first, next(10_500)], ...prompts)[1]).toEqual({
    base: 9990,
    prompts: 110,
    answers: 200,
    rest: 200,
  });
});

test("a compaction leaves a summary, and what there was in the beginning", () => {
  const cut = step("c", { kind: "compaction", name: null, startedAt: 15 });
  expect(filled([first, next(12_000)], asked(ask, 1, [...answers("r1", "r2"), cut]))[1]).toEqual({
    base: 9990,
    summary: 2010,
  });
});

test("what is taken out again is taken from all but the beginning", () => {
  const requests = [first, request("r2", 20, 10_410), request("r3", 30, 10_200)];
  expect(filled(requests, asked("x".repeat(630), 1, answers("r1", "r2", "r3")))[2]).toEqual({
    base: 9790,
    prompts: 139,
    answers: 132,
    rest: 139,
  });
});

test("sub-agents and side calls have windows of their own", () => {
  const requests = [first, request("sub", 12, 3000, 9, "x"), request("title", 13, 300, 9), next(10_200)];
  const all = filled(
    requests,
    asked(ask, 1, [...answers("r1", "r2"), did("s", "sub", 12, { agentId: "x" })]),
  );
  expect(all).toEqual([begun, { ...begun, answers: 200 }]);
});

test("in all captures the parts make up the whole, and none is less than nothing", async () => {
  await using store = await recorded(await captured(...captures));
  const sums = store.sessions.list().flatMap(({ id }) => {
    const whole = store.session(id);
    const parts = fillersOf(storyOf(whole));
    return whole.requests.flatMap(request => {
      const { tools = {}, ...parted } = parts.get(request.id) ?? {};
      const by = Object.values(parted);
      const told = Object.values(tools).reduce((sum, n) => sum + n, 0);
      expect(told).toBeCloseTo(parts.get(request.id)?.output ?? 0, 3);
      return by.length > 0 ? [{ by, tokens: contextOf(request) }] : [];
    });
  });
  expect(sums.length).toBeGreaterThan(200);
  for (const { by, tokens } of sums) {
    expect(by.reduce((sum, n) => sum + n, 0)).toBeCloseTo(tokens, 3);
    expect(Math.min(...by)).toBeGreaterThanOrEqual(0);
  }
});

test("the output of each tool is told apart", () => {
  const made = [did("t", "r1", 11, { toldBytes: 6000 }), did("u", "r1", 11, { name: "Grep" })];
  const read = did("v", "r1", 11, { name: "Read" });
  const steps = [...made, read, ...answers("r1", "r2")];
  const found = fillersOf(storyOf(session([asked(ask, 1, steps)], { requests: [first, next(10_600)] })));
  expect(found.get("r2")).toMatchObject({ files: 100, output: 300, tools: { Bash: 200, Grep: 100 } });
});
