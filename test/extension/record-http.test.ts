import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { expect, test, vi } from "vitest";
import { scratch } from "../scratch.ts";
import { recordHttp, serveHttp, serveNamed } from "./mcp/servers.ts";
import { call, ended, start } from "./mcp/talk.ts";
import { openOwner } from "./open-owner.ts";

// Servers and what stands before them are processes of their own.
vi.setConfig({ testTimeout: 60_000 });
const soon = { timeout: 20_000 };

const headers = { authorization: "Bearer the-secret-token" };

/** A client of the official SDK, of the newer or the older kind. */
async function connected(url: string, kind: "streamableHttp" | "sse", name = "tester") {
  const client = new Client({ name, version: "1.0" });
  const at = new URL(kind === "sse" ? "/sse" : "/mcp", url);
  const init = { requestInit: { headers } };
  const transport =
    kind === "sse" ? new SSEClientTransport(at, init) : new StreamableHTTPClientTransport(at, init);
  // Its types do not know of exactOptionalPropertyTypes.
  await client.connect(transport as Parameters<Client["connect"]>[0]);
  const end = async () => {
    if ("terminateSession" in transport) await transport.terminateSession();
    await client.close();
  };
  return { client, end };
}

/** The steps of each session, by its client, and how it ended. */
async function told(owner: ReturnType<typeof openOwner>) {
  const rows = await owner.sessions();
  const sessions = await Promise.all(rows.map(({ id }) => owner.session(id)));
  return sessions.map(({ clientVersion, title, status, prompts }) => {
    const steps = prompts
      .flatMap(({ steps }) => steps)
      .filter(({ name }) => !name?.startsWith("notifications/"));
    return [clientVersion, title, status, ...steps.map(({ name, status }) => `${name} ${status}`)];
  });
}

function bytesIn(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => readFileSync(join(entry.parentPath, entry.name), "latin1"))
    .join("\n");
}

test.each(["streamableHttp", "sse"] as const)(
  "all that clients ask over %s is recorded, each in its session",
  async kind => {
    await using home = await scratch();
    await using server = await serveHttp(kind);
    await using proxy = await recordHttp(server.url, home.at("data"));
    const [one, two] = await Promise.all([
      connected(proxy.url, kind, "one"),
      connected(proxy.url, kind, "two"),
    ]);
    const echo = (message: string) => ({ name: "echo", arguments: { message } });
    const [hi, ho] = await Promise.all([one.client.callTool(echo("hi")), two.client.callTool(echo("ho"))]);
    expect([hi.content, ho.content]).toMatchObject([[{ text: "Echo: hi" }], [{ text: "Echo: ho" }]]);
    await two.client.listTools();
    await one.client.callTool({ name: "get-sum", arguments: { a: "x" } });
    const slow = { name: "trigger-long-running-operation", arguments: { duration: 0.2, steps: 2 } };
    const heard: number[] = [];
    await one.client.callTool(slow, undefined, { onprogress: ({ progress }) => heard.push(progress) });
    expect(heard[0]).toBe(1); // its last one may come when the call is over
    await Promise.all([one.end(), two.end()]);
    await proxy.stop();

    await using owner = openOwner(home.path);
    await owner.ready();
    const name = "Everything Reference Server";
    const long = "trigger-long-running-operation ok";
    await expect
      .poll(async () => (await told(owner)).sort(), soon)
      .toEqual([
        ["one 1.0", name, "done", "initialize ok", "echo ok", "get-sum failed", long],
        ["two 1.0", name, "done", "initialize ok", "echo ok", "tools/list ok"],
      ]);
    await owner.close();
    expect(bytesIn(home.at("data"))).not.toContain("the-secret-token");
  },
);

test("a server that says its address with its name is asked by way of us all the same", async () => {
  await using home = await scratch();
  await using server = await serveNamed();
  await using proxy = await recordHttp(`${server.url}/sse`, home.at("data"));
  const { client, end } = await connected(proxy.url, "sse");
  expect((await client.callTool({ name: "greet" })).content).toEqual([{ type: "text", text: "Hello" }]);
  await end();
  await proxy.stop();
  await using owner = openOwner(home.path);
  await owner.ready();
  await expect
    .poll(() => told(owner), soon)
    .toEqual([["tester 1.0", "greeter", "done", "initialize ok", "greet ok"]]);
});

/** A server of ours that shows what it was asked with, and answers piece by piece. */
async function showing() {
  let stream: ServerResponse | undefined;
  const server = createServer((question, answer) => {
    if (question.url === "/slow") {
      answer.writeHead(200, { "content-type": "text/event-stream", "x-one": "1" });
      answer.write("data: 0\n\n");
      stream = answer;
    } else if (question.url === "/more") {
      stream?.end("data: 1\n\n");
      answer.end();
    } else if (question.url === "/no") answer.writeHead(401, { "www-authenticate": "Bearer" }).end("who?");
    else
      question.pipe(
        answer.writeHead(200, ["X-Said", JSON.stringify(question.rawHeaders), "x-two", "1", "x-two", "2"]),
      );
  });
  const listening = once(server.listen(0, "127.0.0.1"), "listening");
  await listening;
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  return {
    host: `127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => void server.close().closeAllConnections(),
  };
}

function ask(
  url: string,
  init: { path?: string; method?: string; headers?: Record<string, string> } = {},
  body?: Buffer | string,
) {
  return new Promise<IncomingMessage>((resolve, reject) =>
    request(url, init, resolve).on("error", reject).end(body),
  );
}

test("headers and bodies pass as they are; the server sees its own name", async () => {
  await using home = await scratch();
  await using server = await showing();
  await using proxy = await recordHttp(`http://${server.host}/mcp`, home.at("data"));
  const body = Buffer.alloc(500_000, Buffer.from([0, 10, 255, 123]));
  const given = {
    "Mcp-Session-Id": "the-session-id",
    Accept: "a, b",
    Authorization: "the-secret-token",
    "X-Odd": "Ü",
  };
  const answer = await ask(`${proxy.url}/a?b=c`, { method: "POST", headers: given }, body);
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(part);
  expect(Buffer.concat(parts).equals(body)).toBe(true);
  const seen: string[] = JSON.parse(answer.headers["x-said"] as string);
  for (const [name, value] of Object.entries(given)) expect(seen[seen.indexOf(name) + 1]).toBe(value);
  expect(seen[seen.indexOf("host") + 1]).toBe(server.host);
  expect(answer.headers["x-two"]).toBe("1, 2");
  await proxy.stop();
  expect(bytesIn(home.at("data"))).not.toContain("the-se");
});

test.each(["//127.0.0.1:1/a", "http://127.0.0.1:1/a"])(
  "whatever is asked for, it is asked there: %s",
  async path => {
    await using home = await scratch();
    await using server = await showing();
    await using proxy = await recordHttp(`http://${server.host}/mcp`, home.at("data"));
    expect((await ask(proxy.url, { path })).statusCode).toBe(200);
  },
);

test("a stream passes piece by piece, as it comes", async () => {
  await using home = await scratch();
  await using server = await showing();
  await using proxy = await recordHttp(`http://${server.host}/mcp`, home.at("data"));
  const answer = await ask(`${proxy.url}/slow`);
  const pieces: string[] = [];
  answer.on("data", piece => pieces.push(String(piece)));
  await expect.poll(() => pieces, soon).toEqual(["data: 0\n\n"]);
  // Not before the first piece was there is there another.
  const over = once(answer, "end");
  await ask(`${proxy.url}/more`);
  await over;
  expect(pieces.join("")).toBe("data: 0\n\ndata: 1\n\n");
});

test("what the server refuses, and what never gets there, failed; only this machine is answered", async () => {
  await using home = await scratch();
  await using server = await showing();
  const proxy = await recordHttp(`http://${server.host}/mcp`, home.at("data"));
  const init = { method: "POST", headers: { "mcp-session-id": "1" } };
  const refused = await ask(`${proxy.url}/no`, init, call(1, "a"));
  expect([refused.statusCode, refused.headers["www-authenticate"], await text(refused)]).toEqual([
    401,
    "Bearer",
    "who?",
  ]);
  await server[Symbol.asyncDispose]();
  expect((await ask(`${proxy.url}/mcp`, init, call(2, "b"))).statusCode).toBe(502);
  expect((await ask(proxy.url, { headers: { host: "evil.example" } })).statusCode).toBe(403);
  await proxy.stop();
  await using owner = openOwner(home.path);
  await owner.ready();
  await expect
    .poll(() => told(owner), soon)
    .toMatchObject([[null, expect.any(String), "done", "a failed", "b failed"]]);
});

test("it says what it wants, and when its port is taken", async () => {
  await using home = await scratch();
  await using server = await showing();
  const run = (...args: string[]) =>
    ended(start([process.execPath, "dist/cli.js", "record-http", ...args, "--data-dir", home.path]));
  const port = server.host.split(":")[1] ?? "";
  expect(await run("nowhere")).toMatchObject({ code: 2, err: expect.stringContaining("server's address") });
  expect(await run("http://127.0.0.1:1/mcp")).toMatchObject({
    code: 2,
    err: expect.stringContaining("--port"),
  });
  expect(await run("http://127.0.0.1:1/mcp", "--port", port)).toMatchObject({
    ...{ code: 1, err: expect.stringContaining(`Another program listens on port ${port}.`) },
  });
});
