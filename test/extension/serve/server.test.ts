import { createServer } from "node:net";
import { afterEach, expect, test } from "vitest";
import { ExpectedError } from "../../../extension/base/expected-error.ts";
import { Signal } from "../../../extension/base/signal.ts";
import type { Api, Hint } from "../../../extension/protocol.ts";
import { buildServer, listen } from "../../../extension/serve/server.ts";

const NO_TOKENS = { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };

const api: Api = {
  sessions: async () => [],
  session: async id => {
    throw id === "broken" ? new Error("secret detail") : new ExpectedError("This session is not known.");
  },
  content: async (_session, step) => ({ text: `what ${step} said`, from: "transcript", cut: false }),
  totals: async () => ({ sessions: 2, prompts: 3, steps: 4, requests: 5, costUsd: 6, tokens: NO_TOKENS }),
  scan: async () => {},
  state: async () => ({
    ...{
      folders: [],
      found: 0,
      read: 0,
      scanned: true,
      skipped: 0,
      unknown: [],
      deadLetters: 0,
      erased: false,
      notes: [],
    },
  }),
  backUp: async () => {},
  compact: async () => ({ before: 2, after: 1 }),
  deleteSessions: async () => {},
  deleteAll: async () => {},
  readAgain: async () => {},
  replayEvents: async () => 3,
};
const logged: string[] = [];
const hints = new Signal<Hint>();
const received: unknown[] = [];
const build = () =>
  buildServer({
    ...{ api, hints, token: "right", log: line => logged.push(line) },
    receive: async event => void received.push(event),
  });
let server = build();
const good = { host: "127.0.0.1:8317", authorization: "Bearer right" };

afterEach(async () => {
  await server.close();
  server = build();
});

test.each([
  ["the token opens it", "/api/sessions", good, 200],
  ["by either loopback name", "/api/state", { ...good, host: "localhost:1" }, 200],
  [
    "another host's name, as after DNS rebinding",
    "/api/sessions",
    { ...good, host: "evil.example:8317" },
    403,
  ],
  ["a web page", "/api/sessions", { ...good, origin: "http://127.0.0.1:8317" }, 403],
  ["a web page at /health", "/health", { ...good, origin: "https://evil.example" }, 403],
  ["no token", "/api/sessions", { host: good.host }, 401],
  ["a wrong token", "/api/sessions", { ...good, authorization: "Bearer wrong" }, 401],
  ["a token that only begins right", "/api/sessions", { ...good, authorization: "Bearer righty" }, 401],
  ["no token at the stream", "/api/stream", { host: good.host }, 401],
  ["no token at an unknown path", "/nothing", { host: good.host }, 401],
  ["health needs no token", "/health", { host: good.host }, 200],
  ["an unknown path", "/nothing", good, 404],
  ["an expected error is told", "/api/sessions/none", good, 404],
  ["another one is not", "/api/sessions/broken", good, 500],
])("%s: %s", async (_, url, headers, status) => {
  const response = await server.inject({ url, headers });
  expect(response.statusCode).toBe(status);
  expect(response.body).not.toContain("secret");
});

test("what went wrong unexpectedly is in the log", async () => {
  await server.inject({ url: "/api/sessions/broken", headers: good });
  expect(logged.at(-1)).toContain("GET /api/sessions/broken failed: Error: secret detail");
});

test.each([
  ["/api/totals", { sessions: 2, costUsd: 6 }],
  ["/api/sessions/s/steps/t%2F1", { text: "what t/1 said", from: "transcript" }],
])("%s answers what is asked for", async (url, answer) => {
  expect((await server.inject({ url, headers: good })).json()).toMatchObject(answer);
});

test("a wanted port at the end of the range is no error", async () => {
  expect(await listen(server, 65_535)).toBeGreaterThan(0);
});

test("takes the next free port when the wanted one is held by a stranger", async () => {
  const stranger = createServer();
  const taken = await new Promise<number>(resolve =>
    stranger.listen(0, "127.0.0.1", () => resolve((stranger.address() as { port: number }).port)),
  );
  const port = await listen(server, taken);
  expect(port).not.toBe(taken);
  expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
  stranger.close();
});

test("streams hints to whoever follows, and forgets who left", async () => {
  const port = await listen(server, 0);
  const left = new AbortController();
  const response = await fetch(`http://127.0.0.1:${port}/api/stream`, {
    headers: { authorization: "Bearer right" },
    signal: left.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  await reader?.read(); // the welcome
  hints.fire({ kind: "session", session: "s" });
  expect((await reader?.read())?.value).toBe('data: {"kind":"session","session":"s"}\n\n');
  left.abort();
});
