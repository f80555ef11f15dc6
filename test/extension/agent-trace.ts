import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { scratch } from "../scratch.ts";

/** How `agent-trace` ended, and what it said. */
export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** Runs `agent-trace` with a home of its own, on some folder of Claude Code. */
export function agentTrace(home: string, claudeDir: string, env: NodeJS.ProcessEnv = {}) {
  const start = (...args: string[]) =>
    spawn(process.execPath, [resolve("dist/cli.js"), ...args, "--claude-dir", claudeDir, "--port", "0"], {
      env: { PATH: process.env.PATH, HOME: home, TZ: "UTC", ...env },
    });
  async function run(...args: string[]): Promise<Ended> {
    const child = start(...args);
    child.stdin.end();
    const [out, err, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "close"),
    ]);
    return { code, out, err };
  }
  return { start, run };
}

export const DEMO = resolve("media/demo");

/** The demo sessions, with one that records, whom the others join: that is quicker, and what people do. */
export async function openDemo() {
  const home = await scratch();
  const demo = (env: NodeJS.ProcessEnv = {}) => agentTrace(home.path, DEMO, env);
  const server = demo().start("serve");
  await once(server.stdout, "data");
  return {
    ...{ home: home.path, demo },
    json: async (...args: string[]) => JSON.parse((await demo().run(...args, "--json")).out),
    async [Symbol.asyncDispose]() {
      server.kill("SIGTERM");
      await once(server, "exit");
      await home[Symbol.asyncDispose]();
    },
  };
}
