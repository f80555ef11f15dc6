import { expect, test } from "vitest";
import type { Fact } from "../../../extension/clean/facts.ts";
import { Conversation, type McpTerms } from "../../../extension/clean/mcp.ts";
import { factsOfMcp, withoutWords } from "../../../extension/clean/mcp-facts.ts";
import { Redactor } from "../../../extension/clean/redact.ts";

const where = { project: "/home/sam/dev/shop", process: 1 };
const KEY = ["sk", "ant", "api03", "a".repeat(24)].join("-");

type Said = [from: "client" | "server", message: unknown];

const begin: Said[] = [
  ["client", asked(0, "initialize", { clientInfo: { name: "cursor", version: "1.2" } })],
  ["server", answered(0, { serverInfo: { name: "files", title: "Files of Sam", version: "9" } })],
];

function asked(id: unknown, method: string, params?: object) {
  return { jsonrpc: "2.0", id, method, params };
}

function called(id: unknown, name: string, args: object = {}) {
  return asked(id, "tools/call", { name, arguments: args });
}

function answered(id: unknown, result: object) {
  return { jsonrpc: "2.0", id, result };
}

function text(text: string, more: object = {}) {
  return { content: [{ type: "text", text }], ...more };
}

function termsOf(tier: 1 | 2 | 3): McpTerms {
  return { tier, redactor: new Redactor() };
}

/** What is said, a millisecond apart, as facts. */
function factsOf(said: Said[], tier: 1 | 2 | 3 = 3, conversation = new Conversation("s", where)): Fact[] {
  const notes = said.flatMap(([from, message], i) =>
    conversation.said(from, message, 1000 + i, termsOf(tier)).map(note => ({ note, at: 1000 + i })),
  );
  return [...notes, { note: conversation.state(), at: 2000 }].flatMap(({ note, at }) => factsOfMcp(note, at));
}

/** Steps as people would tell them. */
function steps(facts: Fact[]): string[] {
  const results = new Map(facts.flatMap(fact => (fact.kind === "result" ? [[fact.step, fact]] : [])));
  const codes = new Map(facts.flatMap(fact => (fact.kind === "failure" ? [[fact.step, fact.code]] : [])));
  return facts.flatMap(fact => {
    if (fact.kind !== "step") return [];
    const { status = "open", duration = "" } = results.get(fact.id) ?? {};
    return [[fact.name, status, duration, codes.get(fact.id)].filter(part => part !== undefined).join(" ")];
  });
}

function words(facts: Fact[]): string[] {
  return facts.flatMap(fact => (fact.kind === "content" ? [`${fact.of}: ${fact.text}`] : []));
}

test.each<[string, Said[], string[]]>([
  [
    "a call and its answer",
    [
      ["client", called(1, "read")],
      ["server", answered(1, {})],
    ],
    ["read ok 1"],
  ],
  [
    "a method that is no tool's",
    [
      ["client", asked("x", "tools/list")],
      ["server", answered("x", {})],
    ],
    ["tools/list ok 1"],
  ],
  [
    "answers in another order",
    [
      ["client", called(1, "a")],
      ["client", called(2, "b")],
      ["server", answered(2, {})],
      ["server", answered(1, {})],
    ],
    ["a ok 3", "b ok 1"],
  ],
  [
    "ids that look alike",
    [
      ["client", called(1, "a")],
      ["client", called("1", "b")],
      ["server", answered("1", {})],
    ],
    ["a open ", "b ok 1"],
  ],
  [
    "both sides with the same id",
    [
      ["client", called(1, "a")],
      ["server", asked(1, "roots/list")],
      ["client", answered(1, {})],
      ["server", answered(1, {})],
    ],
    ["a ok 3", "roots/list ok 1"],
  ],
  [
    "a tool that failed",
    [
      ["client", called(1, "a")],
      ["server", answered(1, text("File not found", { isError: true }))],
    ],
    ["a failed 1 not_found"],
  ],
  [
    "an error of JSON-RPC",
    [
      ["client", called(1, "a")],
      ["server", { id: 1, error: { code: -32602, message: "no" } }],
    ],
    ["a failed 1 schema_invalid"],
  ],
  [
    "a method that is not there",
    [
      ["client", asked(1, "a/b")],
      ["server", { id: 1, error: { code: -32601, message: "no" } }],
    ],
    ["a/b failed 1 unknown_tool"],
  ],
  [
    "a call that is taken back",
    [
      ["client", called(1, "a")],
      ["client", { method: "notifications/cancelled", params: { requestId: 1 } }],
      ["server", answered(1, {})],
    ],
    ["a interrupted 1 cancelled"],
  ],
  [
    "a notice",
    [["server", { method: "notifications/message", params: { data: "x" } }]],
    ["notifications/message ok 0"],
  ],
  ["progress, which is its call's", [["server", { method: "notifications/progress", params: {} }]], []],
  [
    "several in a list",
    [
      ["client", [called(1, "a"), called(2, "b")]],
      ["server", [answered(1, {}), answered(2, {})]],
    ],
    ["a ok 1", "b ok 1"],
  ],
  ["an answer that nobody asked for", [["server", answered(7, {})]], []],
  [
    "what is none of it",
    [
      ["client", 7],
      ["client", null],
      ["client", {}],
      ["server", { id: 1 }],
    ],
    [],
  ],
])("%s", (_, said, expected) => {
  expect(steps(factsOf(said))).toEqual(expected);
});

test("a session is called as its server calls itself, or as the user does, and knows its client", () => {
  const of = (conversation: Conversation) => factsOf(begin, 1, conversation);
  const own = of(new Conversation("s", where));
  expect(words(own)).toEqual(["title: Files of Sam"]);
  expect(own).toContainEqual(
    expect.objectContaining({
      kind: "session",
      session: "s",
      client: "cursor 1.2",
      mood: "answered",
      ...where,
    }),
  );
  expect(words(of(new Conversation("s", where, "mine")))).toEqual(["title: mine"]);
});

test.each<[1 | 2 | 3, string[]]>([
  [1, []],
  [2, ['input: {"path":"a.ts","key":"[redacted: Anthropic key]"}']],
  [
    3,
    ['input: {"path":"a.ts","key":"[redacted: Anthropic key]"}', "result: It is [redacted: Anthropic key]."],
  ],
])("at tier %i of its words are kept, without secrets", (tier, kept) => {
  const call = called(1, "read", { path: "a.ts", key: KEY });
  const facts = factsOf(
    [
      ["client", call],
      ["server", answered(1, text(`It is ${KEY}.`))],
    ],
    tier,
  );
  expect(words(facts)).toEqual(kept);
});

test("a note that waits for long has no words", () => {
  const conversation = new Conversation("s", where);
  const notes = [
    ...conversation.said("client", called(1, "read", { path: "secret-path" }), 1, termsOf(3)),
    ...conversation.said("server", answered(1, text("secret-words")), 2, termsOf(3)),
  ];
  expect(JSON.stringify(notes)).toMatch(/secret-path.*secret-words/);
  expect(JSON.stringify(notes.map(withoutWords))).not.toContain("secret");
});

test.each([
  ["left", [], "answered", []],
  ["failed", [], "failed", []],
  ["left", [called(1, "a")], "interrupted", ["a interrupted 99 interrupted"]],
  ["failed", [called(1, "a")], "failed", ["a failed 99 server_gone"]],
] as const)("%s with %j open", (how, calls, mood, expected) => {
  const conversation = new Conversation("s", where);
  const before = calls.flatMap(call => conversation.said("client", call, 1, termsOf(1)));
  const notes = [...before, ...conversation.ended(how, 100), conversation.state()];
  const facts = notes.flatMap(note => factsOfMcp(note, 100));
  expect(steps(facts)).toEqual(expected);
  expect(facts).toContainEqual(expect.objectContaining({ kind: "session", mood, endReason: "other" }));
});

test("what a server did not answer over HTTP failed, as its status says", () => {
  const conversation = new Conversation("s", where);
  const call = called(1, "a");
  const notes = [...conversation.said("client", call, 1, termsOf(1)), ...conversation.refused(call, 3, 401)];
  expect(steps(notes.flatMap(note => factsOfMcp(note, 3)))).toEqual(["a failed 2 unauthorized"]);
});

test("a note of a later version is not understood", () => {
  const note = { session: "s", kind: "dream" } as never;
  expect(() => factsOfMcp(note, 1)).toThrow("A note of kind dream is not understood.");
});
