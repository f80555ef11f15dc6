import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer as createHttpServer, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { resolve } from "node:path";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { SSEServerTransport } from "@modelcontextprotocol/sdk/server/sse.js";

const require = createRequire(import.meta.url);
const everything = require.resolve("@modelcontextprotocol/server-everything/dist/index.js");
const files = require.resolve("@modelcontextprotocol/server-filesystem/dist/index.js");

/** Official servers, as they are started on the standard input and output. */
export const SERVERS = {
  everything: () => [process.execPath, everything],
  files: (folder: string) => [process.execPath, files, folder],
};

/** A server that runs a script of ours. */
export function scripted(script: string): string[] {
  return [process.execPath, "-e", script];
}

/** The same server with us before it. */
export function recorded(server: string[], dataDir: string, ...options: string[]): string[] {
  return [
    process.execPath,
    resolve("dist/cli.js"),
    "record",
    "--data-dir",
    dataDir,
    ...options,
    "--",
    ...server,
  ];
}

/** An official server over HTTP, of the newer or the older kind, on a free port. */
export async function serveHttp(kind: "streamableHttp" | "sse") {
  const port = await freePort();
  const server = spawn(process.execPath, [everything, kind], {
    env: { PATH: process.env.PATH, PORT: String(port) },
  });
  await said(server.stderr, `port ${port}`);
  return { url: `http://127.0.0.1:${port}`, ...stopping(server, "SIGKILL") };
}

/** A server of the older kind made with the official SDK, that says its address with its name. */
export async function serveNamed() {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const streams = new Map<string, SSEServerTransport>();
  const server = createHttpServer(async (question, answer) => {
    const { pathname, searchParams } = new URL(question.url ?? "/", url);
    if (pathname === "/sse") {
      const stream = new SSEServerTransport("/messages", naming(answer, url));
      streams.set(stream.sessionId, stream);
      await greeter().connect(stream as Parameters<McpServer["connect"]>[0]);
    } else await streams.get(searchParams.get("sessionId") ?? "")?.handlePostMessage(question, answer);
  });
  await once(server.listen(port, "127.0.0.1"), "listening");
  return { url, [Symbol.asyncDispose]: async () => void server.close().closeAllConnections() };
}

function greeter(): McpServer {
  const server = new McpServer({ name: "greeter", version: "1.0" });
  server.registerTool("greet", {}, async () => ({ content: [{ type: "text", text: "Hello" }] }));
  return server;
}

/** The SDK's own leaves the name out. */
function naming(answer: ServerResponse, url: string): ServerResponse {
  const write = answer.write.bind(answer) as (text: string) => boolean;
  answer.write = (text: string) => write(text.replace(/^(event: endpoint\ndata: )\//, `$1${url}/`));
  return answer;
}

/** `agent-trace record-http` before a server. */
export async function recordHttp(url: string, dataDir: string, ...options: string[]) {
  const port = await freePort();
  const args = ["record-http", url, "--port", String(port), "--data-dir", dataDir, ...options];
  const proxy = spawn(process.execPath, [resolve("dist/cli.js"), ...args], {
    env: { PATH: process.env.PATH },
  });
  await said(proxy.stdout, "Ctrl+C");
  return { url: `http://127.0.0.1:${port}`, ...stopping(proxy, "SIGTERM") };
}

function stopping(child: ReturnType<typeof spawn>, signal: NodeJS.Signals) {
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, "exit");
  };
  return { stop, [Symbol.asyncDispose]: stop };
}

/** Resolves when a program has said some words. */
async function said(stream: NodeJS.ReadableStream, words: string): Promise<void> {
  let all = "";
  await new Promise<void>(resolve =>
    stream.on("data", chunk => {
      all += chunk;
      if (all.includes(words)) resolve();
    }),
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}
