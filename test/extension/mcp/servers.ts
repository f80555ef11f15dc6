import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { resolve } from "node:path";

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
