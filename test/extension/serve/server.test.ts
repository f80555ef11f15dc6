import { createServer } from "node:net";
import { expect, test } from "vitest";
import { listen } from "../../../extension/serve/server.ts";
import { headers, serving } from "./serving.ts";

test.each([
  ["an expected error is told", "/api/sessions/none", 404, "This session is not known."],
  ["another one is not", "/api/sessions/broken", 500, "The recorder failed; the log says how."],
  ["an unknown path", "/nothing", 404, "There is nothing here."],
  ["a path that is none", "/api/sessions/%", 400, expect.stringContaining("not a valid url")],
  ["a longer id than there is", `/api/sessions/${"x".repeat(501)}`, 414, expect.anything()],
])("%s", async (_, url, status, error) => {
  await using serve = serving();
  const response = await serve.server.inject({ url, headers });
  expect([response.statusCode, response.json()]).toEqual([status, { error }]);
});

test("what went wrong unexpectedly is in the log, but not what was asked", async () => {
  await using serve = serving();
  await serve.server.inject({ url: "/api/sessions/broken?x=private", headers });
  expect(serve.logged[0]).toContain("GET /api/sessions/:id failed: Error: secret detail");
  expect(serve.logged[0]).not.toContain("private");
});

test.each<[string, unknown]>([
  ["/health", { ok: true }],
  ["/api/totals", expect.objectContaining({ sessions: 2, costUsd: 6 })],
  ["/api/sessions/s/steps/t%2F1", { text: "what t/1 said", from: "transcript", cut: false }],
  // What an address asks for comes through as the store's questions want it.
  ["/api/sessions", [{}]],
  ["/api/sessions?limit=2&before=5,a&since=1", [{ limit: 2, before: "5,a", since: 1 }]],
  ["/api/sessions?project=%2Fhome%2Fé&model=m", [{ project: "/home/é", model: "m" }]],
  [
    "/api/sessions?costFrom=0.5&costTo=2&status=failed,lost",
    [{ costFrom: 0.5, costTo: 2, status: "failed,lost" }],
  ],
  ["/api/sessions/s/timeline?after=t1&limit=5", [{ session: "s", after: "t1", limit: 5 }]],
  ["/api/edits?file=%2Fa.ts&session=s", [{ file: "/a.ts", session: "s" }]],
  ["/api/usage?by=day&from=2026-11-01", [{ by: "day", from: "2026-11-01" }]],
  ["/api/usage?by=day&and=model&agent=", [{ by: "day", and: "model", agent: "" }]],
  ["/api/bill?within=%2Fa%0A%2Fb&to=2026-11-02", [{ within: "/a\n/b", to: "2026-11-02" }]],
  ["/api/bill/breakdown?project=", { project: "" }],
  ["/api/bill/derivation?session=s&prompt=p", { session: "s", prompt: "p" }],
  ["/api/bill/findings?model=m", [{ model: "m" }]],
  ["/api/bill/reasons?day=2026-11-02", { day: "2026-11-02" }],
  ["/api/search?q=two+words&from=5,a", { matches: [{ q: "two words", from: "5,a" }] }],
])("%s answers what is asked for", async (url, answer) => {
  await using serve = serving();
  expect((await serve.server.inject({ url, headers })).json()).toEqual(answer);
});

test.each([
  ["/api/sessions?limit=0", "limit must be from 1 to 100000."],
  ["/api/sessions?limit=ten", "limit must be a whole number."],
  ["/api/sessions?limit=1&limit=2", "limit must be a whole number."],
  ["/api/sessions/s/timeline?limt=5", "There is no such parameter; there are after, limit."],
  ["/api/sessions/s/timeline?__proto__=1", "There is no such parameter; there are after, limit."],
  ["/api/sessions?status=failed,tired", "status must be such as failed,lost."],
  ["/api/sessions?costFrom=much", "costFrom must be a number."],
  ["/api/sessions?sort=title", "sort must be one of time, cost, duration."],
  ["/api/sessions?before=yesterday", "before must be such as 1795000000000,the-id."],
  ["/api/edits", "Say of which session or of which file."],
  ["/api/usage", "by is missing."],
  ["/api/usage?by=__proto__", "by must be one of day, model, project, agent, session."],
  ["/api/usage?by=day&from=today", "from must be such as 2026-11-21."],
  ["/api/search?q=", "q must not be empty."],
])("%s is refused: %s", async (url, error) => {
  await using serve = serving();
  const response = await serve.server.inject({ url, headers });
  expect([response.statusCode, response.json()]).toEqual([400, { error }]);
});

const post = (serve: ReturnType<typeof serving>, url: string, payload: string, type = "application/json") =>
  serve.server.inject({ method: "POST", url, payload, headers: { ...headers, "content-type": type } });

test("a hook is taken as it comes", async () => {
  await using serve = serving();
  const hook = { session_id: "s", from: { a: ["future"] } };
  expect((await post(serve, "/v1/hooks", JSON.stringify(hook))).json()).toEqual({});
  expect(serve.received).toEqual([hook]);
});

const event = { agent_id: "a", event_type: "call", timestamp: 5 };

test("of a program's events only what is known is handed on", async () => {
  await using serve = serving();
  const events = [
    { ...event, tokens_in: 3, prompt: "private", constructor_: 1 },
    { ...event, timestamp: "2026-11-21T10:00:00Z", latency_ms: 1.5, status_code: 200, span_id: "s1" },
  ];
  const response = await post(serve, "/api/events", JSON.stringify({ events, more: 1 }));
  expect([response.statusCode, response.json()]).toEqual([200, { accepted: 2 }]);
  expect(serve.events).toEqual([{ ...event, tokens_in: 3 }, events[1]]);
});

test.each<[string, unknown, string]>([
  ["no list", [event], "body must be an object."],
  ["nothing", {}, "events is missing."],
  ["one that is not an object", { events: [event, 5] }, "events[1] must be an object."],
  [
    "a field that is missing",
    { events: [{ ...event, agent_id: undefined }] },
    "events[0].agent_id is missing.",
  ],
  [
    "a number as text",
    { events: [{ ...event, tokens_in: "3" }] },
    "events[0].tokens_in must be a whole number.",
  ],
  [
    "half a token",
    { events: [{ ...event, tokens_out: 0.5 }] },
    "events[0].tokens_out must be a whole number.",
  ],
  [
    "a huge number",
    { events: [{ ...event, latency_ms: 1e300 }] },
    "events[0].latency_ms must be from 0 to 1000000000000.",
  ],
  [
    "a time that is none",
    { events: [{ ...event, timestamp: "soon" }] },
    "events[0].timestamp must be a time such as 2026-11-21T10:00:00Z.",
  ],
  [
    "an endless name",
    { events: [{ ...event, model: "x".repeat(201) }] },
    "events[0].model must have at most 200 letters.",
  ],
  ["too many", { events: Array(1001).fill(event) }, "events must have at most 1000 entries."],
])("events are refused with %s, and none is taken", async (_, body, error) => {
  await using serve = serving();
  const response = await post(serve, "/api/events", JSON.stringify(body));
  expect([response.statusCode, response.json()]).toEqual([400, { error }]);
  expect(serve.events).toEqual([]);
});

test.each([
  ["what is no JSON", "{", "application/json", 400],
  ["nothing", "", "application/json", 400],
  ["a prototype", '{"__proto__":{"x":1}}', "application/json", 400],
  ["a constructor's prototype", '{"constructor":{"prototype":{"x":1}}}', "application/json", 400],
  ["text", "{}", "text/plain", 415],
  ["another type", "{}", "application/x-nothing", 415],
  ["a list", "[]", "application/json", 400],
])("a body that is %s is refused", async (_, body, type, status) => {
  await using serve = serving();
  expect((await post(serve, "/v1/hooks", body, type)).statusCode).toBe(status);
  expect(serve.received).toEqual([]);
});

test("a wanted port at the end of the range is no error", async () => {
  await using serve = serving();
  expect(await listen(serve.server, 65_535)).toBeGreaterThan(0);
});

test("takes the next free port when the wanted one is held by a stranger", async () => {
  await using serve = serving();
  const stranger = createServer();
  const taken = await new Promise<number>(resolve =>
    stranger.listen(0, "127.0.0.1", () => resolve((stranger.address() as { port: number }).port)),
  );
  const port = await listen(serve.server, taken);
  expect(port).not.toBe(taken);
  expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
  stranger.close();
});
