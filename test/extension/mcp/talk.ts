import { spawn } from "node:child_process";
import { once } from "node:events";
import { buffer } from "node:stream/consumers";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";

const line = (id: number, method: string, params: object) =>
  `${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`;

export const initialize = line(0, "initialize", {
  ...{ protocolVersion: "2025-06-18", capabilities: {} },
  clientInfo: { name: "tester", version: "1" },
});

export function call(id: number, name: string, args: object = {}): string {
  return line(id, "tools/call", { name, arguments: args });
}

/** Starts a program with pipes, so that what it says can be compared to the byte. */
export function start(
  [command = "", ...args]: string[],
  env: NodeJS.ProcessEnv = { PATH: process.env.PATH },
) {
  return spawn(command, args, { stdio: "pipe", env });
}

/** How a program ended, and all that it said. */
export async function ended(child: ReturnType<typeof start>) {
  const [out, err, [code, signal]] = await Promise.all([
    buffer(child.stdout),
    buffer(child.stderr),
    once(child, "close"),
  ]);
  return { out, err: err.toString(), code, signal };
}

/** A client of the official SDK before a server. */
export async function connected([command = "", ...args]: string[]): Promise<Client> {
  const client = new Client({ name: "tester", version: "1.0" });
  await client.connect(new StdioClientTransport({ command, args, stderr: "ignore" }));
  return client;
}
