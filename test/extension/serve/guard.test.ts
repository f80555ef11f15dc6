import { expect, test } from "vitest";
import { LIMITS } from "../../../extension/serve/limits.ts";
import { dial, head, headers, serving } from "./serving.ts";

const { host } = headers;

test.each<[string, string, Record<string, string | undefined>, number]>([
  ["the token opens it", "/api/sessions", headers, 200],
  ["by either loopback name", "/api/state", { ...headers, host: "localhost:1" }, 200],
  ["or address", "/api/state", { ...headers, host: "[::1]:1" }, 200],
  [
    "another host's name, as after DNS rebinding",
    "/api/state",
    { ...headers, host: "evil.example:8317" },
    403,
  ],
  ["a name that only begins well", "/api/state", { ...headers, host: "127.0.0.1.evil.example" }, 403],
  ["another host's name at /health", "/health", { host: "evil.example" }, 403],
  ["a web page", "/api/sessions", { ...headers, origin: "http://127.0.0.1:8317" }, 403],
  ["a web page that hides where it is from", "/api/sessions", { ...headers, origin: "null" }, 403],
  ["a web page at /health", "/health", { host, origin: "https://evil.example" }, 403],
  ["no token", "/api/sessions", { host }, 401],
  ["a wrong token", "/api/sessions", { ...headers, authorization: "Bearer wrong" }, 401],
  ["a token that only begins right", "/api/sessions", { ...headers, authorization: "Bearer righty" }, 401],
  ["a token of another kind", "/api/sessions", { ...headers, authorization: "Basic right" }, 401],
  ["no token at the stream", "/api/stream", { host }, 401],
  ["no token at the description", "/api/openapi.json", { host }, 401],
  ["no token at an unknown path", "/nothing", { host }, 401],
  ["no token at a path that is none", "/api/sessions/%", { host }, 401],
  ["another host's name there", "/api/sessions/%", { ...headers, host: "evil.example" }, 403],
  ["health needs no token", "/health", { host }, 200],
  ["health with a question needs none either", "/health?why", { host }, 200],
  ["what only looks like health", "/health/../api/state", { host }, 401],
])("%s: %s", async (_, url, asked, status) => {
  await using serve = serving();
  const response = await serve.server.inject({ url, headers: asked as Record<string, string> });
  expect(response.statusCode).toBe(status);
});

test.each([
  ["the host", { Host: "evil.example", Origin: "https://evil.example", Authorization: "no" }, 403, "address"],
  ["the origin", { Origin: "https://evil.example", Authorization: "no" }, 403, "Web pages"],
  ["the token", { Authorization: "no" }, 401, "token"],
  ["the size", {}, 413, "too large"],
])("over a real socket, %s is looked at next, and no body awaited", async (_, more, status, said) => {
  await using serve = serving();
  using client = dial(await serve.listen());
  client.send(head("POST /v1/hooks", { ...more, "Content-Length": LIMITS.bytes + 1 }));
  await client.closed;
  expect([client.status(), client.heard()]).toEqual([status, expect.stringContaining(said)]);
  expect(serve.received).toEqual([]);
});

test("who asks too much is told when to go on, before the body is awaited, and others without a token are served", async () => {
  await using serve = serving({ rate: { perSecond: 0.001, burst: 2 } });
  const port = await serve.listen();
  const ask = () =>
    fetch(`http://127.0.0.1:${port}/api/state`, { headers: { authorization: "Bearer right" } });
  expect([(await ask()).status, (await ask()).status, (await ask()).status]).toEqual([200, 200, 429]);
  using client = dial(port);
  client.send(head("POST /v1/hooks", { "Content-Length": 100 }));
  await client.closed;
  expect(client.status()).toBe(429);
  expect(client.heard().toLowerCase()).toContain("retry-after: 1\r\n");
  expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
});

test("a wrong token uses up nothing of the right one's share", async () => {
  await using serve = serving({ rate: { perSecond: 0.001, burst: 1 } });
  const ask = (authorization: string) =>
    serve.server.inject({ url: "/api/state", headers: { ...headers, authorization } });
  for (let i = 0; i < 5; i++) expect((await ask("Bearer wrong")).statusCode).toBe(401);
  expect((await ask("Bearer right")).statusCode).toBe(200);
});

test("a body in pieces is cut as soon as it is too large", async () => {
  await using serve = serving({ bytes: 1000 });
  using client = dial(await serve.listen());
  client.send(head("POST /v1/hooks", { "Content-Type": "application/json", "Transfer-Encoding": "chunked" }));
  const piece = `${(500).toString(16)}\r\n${" ".repeat(500)}\r\n`;
  client.send(piece);
  client.send(piece);
  client.send(piece);
  await client.closed;
  expect(client.status()).toBe(413);
  expect(serve.received).toEqual([]);
});

const quick = { headersMs: 100, requestMs: 300, checkMs: 20 };

test.each([
  ["says nothing at all", ""],
  ["never ends its headers", "POST /v1/hooks HTTP/1.1\r\nHost: 127.0.0.1\r\n"],
  [
    "never ends its body",
    head("POST /v1/hooks", { "Content-Type": "application/json", "Content-Length": 9 }),
  ],
])("a client that %s is cut, and does not delay another", async (_, text) => {
  await using serve = serving(quick);
  const port = await serve.listen();
  using slow = dial(port);
  slow.send(text);
  const health = await fetch(`http://127.0.0.1:${port}/health`);
  expect([health.status, slow.socket.closed]).toEqual([200, false]);
  await slow.closed;
  expect(slow.status() || 408).toBe(408);
  expect(serve.received).toEqual([]);
});

test("an answer may take longer than a request", async () => {
  const slow = { ...quick, requestMs: 100 };
  await using serve = serving(slow);
  serve.server.addHook("preHandler", () => new Promise<void>(resolve => setTimeout(resolve, 400)));
  const port = await serve.listen();
  expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
});

test("there are only so many connections", async () => {
  await using serve = serving({ connections: 2 });
  const port = await serve.listen();
  using one = dial(port);
  using two = dial(port);
  for (const client of [one, two]) client.send(head("GET /api/state"));
  await expect.poll(() => [one.status(), two.status()]).toEqual([200, 200]);
  using three = dial(port);
  three.send(head("GET /api/state"));
  await three.closed;
  expect(three.heard()).toBe("");
});

test("two thousand hooks in a second pass", async () => {
  await using serve = serving();
  const post = () =>
    serve.server.inject({ ...{ method: "POST", url: "/v1/hooks", headers }, payload: { session_id: "s" } });
  const answers = await Promise.all(Array.from({ length: 2000 }, post));
  expect(new Set(answers.map(answer => answer.statusCode))).toEqual(new Set([200]));
});
