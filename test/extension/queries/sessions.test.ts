import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import type { SessionRow } from "../../../extension/protocol.ts";
import { Sessions } from "../../../extension/queries/sessions.ts";
import {
  assistantLine,
  line,
  resultLine,
  SESSION,
  smallSession,
  titleLine,
  toolLine,
  userLine,
} from "../../lines.ts";
import { MAIN, recorded } from "./recorded.ts";

const OTHER = "11111111-0000-4000-8000-000000000001";
const other = { sessionId: OTHER };
const nano = (dollars: number) => Math.round(dollars * 1e9);
const usage = (input_tokens: number) => ({ input_tokens, output_tokens: 0 });
const answered = (id: string, tokens: number, more: object = {}, model = "claude-opus-5-5") =>
  assistantLine({ id, model, usage: usage(tokens), content: [{ type: "text", text: "Done." }] }, more);

async function rowOf(text: string, id = SESSION): Promise<SessionRow> {
  await using store = await recorded({ [MAIN]: text });
  const row = store.sessions.one(id);
  expect(store.sessions.list()).toContainEqual(row);
  return row as SessionRow;
}

test("a row tells what its session came to", async () => {
  const edit = { toolUseResult: { filePath: "/a.ts", structuredPatch: [{ lines: ["+a", "+b", "-c"] }] } };
  const text =
    smallSession() +
    toolLine("toolu_3", "Edit", {}) +
    resultLine("toolu_3", false, edit) +
    toolLine("toolu_4", "Bash", { command: "git commit -m Fix" }) +
    resultLine("toolu_4", false, {}, "[main abc1234] Fix") +
    answered("m1", 50);
  const written = text.replaceAll('"cwd":', '"gitBranch":"main","version":"2.1.329","cwd":');
  expect(await rowOf(written)).toMatchObject({
    ...{
      id: SESSION,
      title: "Fix the total",
      project: "/home/sam/dev/shop",
      branch: "main",
      clientVersion: "2.1.329",
    },
    ...{
      prompts: 1,
      toolCalls: 4,
      errors: 1,
      edits: 1,
      linesAdded: 2,
      linesRemoved: 1,
      files: 1,
      commits: 1,
      subagents: 0,
    },
    ...{
      status: "done",
      models: ["claude-opus-5-5"],
      unpricedModels: [],
      parentId: null,
      unattributedUsd: 0,
    },
    ...{ costUsd: 0.0002, tokens: { input: 50, output: 0 } },
    transcript: expect.stringContaining(MAIN),
  });
});

test("the session last at work stands first; one without anything in it is left out", async () => {
  await using store = await recorded({
    "projects/p/old.jsonl": userLine("Old", { sessionId: "old", timestamp: "2026-01-01T00:00:00Z" }),
    "projects/p/new.jsonl": userLine("New", { sessionId: "new", timestamp: "2026-01-03T00:00:00Z" }),
    "projects/p/mid.jsonl": userLine("Mid", { sessionId: "mid", timestamp: "2026-01-02T00:00:00Z" }),
    "projects/p/empty.jsonl": userLine("", { sessionId: "empty", isMeta: true }),
  });
  expect(store.sessions.list().map(({ id }) => id)).toEqual(["new", "mid", "old"]);
});

test("only sessions below the folders that are read are listed", async () => {
  await using store = await recorded({ [MAIN]: smallSession() });
  expect(new Sessions(store.db, [store.at("elsewhere")], String).list()).toEqual([]);
  expect(new Sessions(store.db, [store.at("elsewhere"), store.path], String).list()).toHaveLength(1);
});

test.each([
  ["Claude's", userLine("Fix it.") + titleLine("Fix the total"), "Fix the total"],
  ["the user's", titleLine("Fix the total") + line({ type: "custom-title", customTitle: "Mine" }), "Mine"],
  ["the first line of the first prompt", userLine("Fix it.\nNow.") + userLine("More."), "Fix it."],
  ["its folder, when there is none", toolLine("t1", "Bash", {}), "Session in shop"],
  [
    "a picture, of a prompt that is one",
    userLine("", { message: { content: [{ type: "image" }] } }),
    "[image]",
  ],
])("its title is %s", async (_, text, title) => {
  expect((await rowOf(text + toolLine("t9", "Bash", {}))).title).toBe(title);
});

test("a model without a price is named, and the others are counted", async () => {
  const row = await rowOf(userLine("Hi.") + answered("m1", 50) + answered("m2", 70, {}, "dream-1"));
  expect([row.models, row.unpricedModels, nano(row.costUsd), row.tokens.input]).toEqual([
    ["claude-opus-5-5", "dream-1"],
    ["dream-1"],
    200_000,
    120,
  ]);
});

test.each([
  ["more than its responses", 0.001, 800_000],
  ["just so much", 0.0002, 0],
  ["less, as when prices fell", 0.0001, 0],
])("what the client billed beyond its responses stands apart: %s", async (_, totalCostUSD, rest) => {
  const row = await rowOf(userLine("Hi.") + answered("m1", 50) + line({ type: "cost-state", totalCostUSD }));
  expect([nano(row.costUsd), nano(row.unattributedUsd)]).toEqual([200_000, rest]);
});

/** A session, and a fork of it whose file begins with copies of its lines, and whose bill goes on from its. */
const ORIGINAL = userLine("First.", { ...other, uuid: "u1" }) + answered("m1", 50, { ...other, uuid: "r1" });
const FORK =
  ORIGINAL.replaceAll(OTHER, SESSION).replace('"uuid":"r1"', `"uuid":"r1","requestSessionId":"${OTHER}"`) +
  userLine("Second.") +
  answered("m2", 30);
const bill = (totalCostUSD: number, more: object = {}) => line({ type: "cost-state", totalCostUSD, ...more });

test("a fork counts only what it did itself, and says where it came from", async () => {
  await using store = await recorded({
    "projects/p/original.jsonl": ORIGINAL + bill(0.0005, other),
    "projects/p/fork.jsonl": FORK + bill(0.001),
  });
  const [fork, original] = [store.sessions.one(SESSION), store.sessions.one(OTHER)];
  expect(original).toMatchObject({ prompts: 1, costUsd: 0.0002, parentId: null });
  expect(fork).toMatchObject({ prompts: 1, costUsd: 0.00012, parentId: OTHER });
  // 0.0003 of the original's bill is nobody's; of the fork's 0.001 that, and the copied 0.0002, are not its own.
  expect([original?.unattributedUsd ?? 0, fork?.unattributedUsd ?? 0].map(nano)).toEqual([300_000, 380_000]);
  expect(fork?.startedAt).toBeGreaterThan(original?.startedAt ?? Number.POSITIVE_INFINITY);
});

test("everything together is the sum of all sessions", async () => {
  await using store = await recorded({ [MAIN]: smallSession(), "projects/p/b.jsonl": ORIGINAL });
  expect(store.sessions.totals()).toMatchObject({
    sessions: 2,
    prompts: 2,
    steps: 2,
    requests: 3,
    costUsd: 0.0002,
  });
  await using empty = await recorded({});
  expect(empty.sessions.totals()).toMatchObject({
    sessions: 0,
    prompts: 0,
    steps: 0,
    requests: 0,
    costUsd: 0,
  });
});

test("of a session that is not known there is no row", async () => {
  await using store = await recorded({ [MAIN]: smallSession() });
  expect(store.sessions.one("none")).toBeUndefined();
});

/** Five sessions, two of which ended at the same moment. */
const MANY = Object.fromEntries(
  [1, 2, 3, 3, 4].map((minute, i) => {
    const sessionId = `0000000${i}-0000-4000-8000-000000000001`;
    const more = {
      ...{ sessionId, timestamp: `2026-11-20T10:0${minute}:00.000Z` },
      cwd: i % 2 ? "/home/sam/dev/odd" : "/home/sam/dev/even",
    };
    const text =
      userLine("Hello.", more) + answered(`m${i}`, 1, more, i === 2 ? "claude-haiku-5" : undefined);
    return [`projects/shop/${sessionId}.jsonl`, text];
  }),
);
const number = (row: SessionRow) => Number(row.id[7]);
const minute = (n: number) => Date.parse(`2026-11-20T10:0${n}:00.000Z`);

test.each([
  [{ limit: 2 }, [4, 3]],
  [{ limit: 100 }, [4, 3, 2, 1, 0]],
  [{ project: "/home/sam/dev/odd" }, [3, 1]],
  [{ project: "/home/sam/dev/even", limit: 2 }, [4, 2]],
  [{ project: "/home/sam" }, [4, 3, 2, 1, 0]],
  [{ project: "/home/sam/dev/od" }, []],
  [{ until: minute(3) }, [1, 0]],
  [{ since: minute(2), until: minute(4) }, [3, 2, 1]],
  [{ since: minute(3) }, [4, 3, 2]],
  [{ model: "claude-haiku-5" }, [2]],
  [{ model: "nobody" }, []],
  [{ before: `${minute(4)},x` }, [4, 3, 2, 1, 0]],
  [{ before: `${minute(0)},x` }, []],
  [{ text: "HELLO odd" }, [3, 1]],
  [{ text: "haiku" }, [2]],
  [{ text: "hello", limit: 2 }, [4, 3]],
  [{ text: "nobody" }, []],
])("of many sessions those that are wanted: %j", async (wanted, numbers) => {
  await using store = await recorded(MANY);
  expect(store.sessions.list(wanted).map(number)).toEqual(numbers);
});

/** Three sessions that are unlike in all that can be asked of them. */
const began = minute(0);
const at = (sessionId: string, minutes: number) => ({
  ...{ sessionId, cwd: "/shop" },
  timestamp: new Date(began + minutes * 60_000).toISOString(),
});
const UNLIKE = {
  "projects/shop/long.jsonl":
    userLine("Long.", at("long", 0)) +
    toolLine("t0", "Edit", { file_path: "/shop/Cart.ts" }, at("long", 1)) +
    resultLine("t0", false, {
      toolUseResult: { filePath: "/shop/Cart.ts", structuredPatch: [{ lines: ["+a"] }] },
      ...at("long", 30),
    }) +
    answered("a0", 1000, at("long", 31)),
  "projects/shop/dear.jsonl":
    userLine("Dear.", at("dear", 40)) +
    toolLine("t1", "Bash", { command: "npm test" }, at("dear", 41)) +
    answered("a1", 1_000_000, at("dear", 45)),
  "projects/shop/mere.jsonl": userLine("Mere.", at("mere", 50)),
};

test.each([
  [{}, ["mere", "dear", "long"]],
  [{ sort: "time" }, ["mere", "dear", "long"]],
  [{ sort: "cost" }, ["dear", "long", "mere"]],
  [{ sort: "duration" }, ["long", "dear", "mere"]],
  [{ sort: "duration", limit: 1 }, ["long"]],
  [{ sort: "cost", text: "shop" }, ["dear", "long", "mere"]],
  [{ tool: "bash" }, ["dear"]],
  [{ tool: "edi" }, ["long"]],
  [{ file: "cart" }, ["long"]],
  [{ file: "nothing" }, []],
  [{ costFrom: 0.001 }, ["dear", "long"]],
  [{ costFrom: 1 }, ["dear"]],
  [{ costTo: 1 }, ["mere", "long"]],
  [{ costFrom: 0.001, tool: "bash", file: "cart" }, []],
] as const)("of unlike ones those that are wanted, in the wanted order: %j", async (wanted, ids) => {
  await using store = await recorded(UNLIKE);
  expect(store.sessions.list(wanted).map(({ id }) => id)).toEqual(ids);
});

test("a file is found by its name as long as somebody can still read it", async () => {
  await using store = await recorded(UNLIKE);
  expect(store.sessions.list({ file: "cart.ts" })).toHaveLength(1);
  rmSync(store.at("projects/shop/long.jsonl"));
  expect(store.sessions.list({ file: "cart.ts" })).toHaveLength(1);
  const later = new Sessions(store.db, [store.path], path => `#${path}`);
  expect(later.list({ file: "cart.ts" })).toEqual([]);
});

test("those in a state, or in one of several", async () => {
  await using store = await recorded(MANY);
  const status = store.sessions.list()[0]?.status;
  expect(store.sessions.list({ status: `failed,${status}` })).toHaveLength(5);
  expect(store.sessions.list({ status: `failed,${status}`, text: "even", limit: 1 }).map(number)).toEqual([
    4,
  ]);
  expect(store.sessions.list({ status: "failed" })).toEqual([]);
});

test.each([1, 2, 3])("pages of %i are together the list, also where two ended at once", async limit => {
  await using store = await recorded(MANY);
  const paged: SessionRow[] = [];
  for (let before: string | undefined; ; before = `${paged.at(-1)?.endedAt},${paged.at(-1)?.id}`) {
    const page = store.sessions.list({ limit, ...(before !== undefined && { before }) });
    if (page.length === 0) break;
    paged.push(...page);
  }
  expect(paged).toEqual(store.sessions.list());
  expect(paged).toHaveLength(5);
});

test("a page too has only sessions below the folders that are read", async () => {
  await using store = await recorded(MANY);
  expect(new Sessions(store.db, [store.at("projects/other")], String).list({ limit: 5 })).toEqual([]);
});
