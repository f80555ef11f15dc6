import { type ChildProcess, execFile, spawn } from "node:child_process";
import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { ExpectedError } from "../../.scripts/step.mjs";
import type { Install } from "./install.ts";
import { signal } from "./processes.ts";

/** What a VS Code server is started with. */
export interface ServerOptions {
  install: Install;
  /** Its data folder: settings, extensions, global storage, logs. */
  data: string;
  env: NodeJS.ProcessEnv;
  /** A free one when left out. */
  port?: number;
  /** Whoever opens a page has to know it; none when left out. */
  token?: string;
  /** For how many seconds a window that went away may come back to its extension host; 5 when left out. */
  grace?: number;
  args?: string[];
}

/** A running VS Code server. */
export interface Server {
  pid: number;
  port: number;
  url: string;
  /** Settles when it ends, whatever the cause. */
  ended: Promise<void>;
  /** Ends it in order; what still runs after three seconds is killed. */
  stop(): Promise<void>;
  /** Kills it and all its processes at once, as a power cut would. */
  kill(): Promise<void>;
}

const NO_GALLERY = { EXTENSIONS_GALLERY: "null" }; // no look-ups in a marketplace

/** Starts a server and waits until it listens. */
export async function startServer(options: ServerOptions): Promise<Server> {
  mkdirSync(options.data, { recursive: true });
  const { port = 0, token, grace = 5, args = [] } = options;
  const child = spawn(
    options.install.node,
    [
      ...["--import", leash(), ...command(options)],
      ...["--host", "127.0.0.1", "--port", String(port), "--accept-server-license-terms"],
      ...(token ? ["--connection-token", token] : ["--without-connection-token"]),
      ...["--reconnection-grace-time", String(grace), ...args],
    ],
    { env: { ...options.env, ...NO_GALLERY }, stdio: ["ignore", "pipe", "pipe"], detached: true },
  );
  const pid = child.pid ?? 0;
  process.once("exit", () => signal(-pid, "SIGKILL"));
  const actual = await listening(child, join(options.data, "server.log")).catch(async error => {
    await end(child, "SIGKILL");
    throw error;
  });
  return {
    pid,
    port: actual,
    url: `http://127.0.0.1:${actual}/`,
    ended: new Promise(resolve => child.once("exit", () => resolve())),
    stop: () => end(child, "SIGTERM"),
    kill: () => end(child, "SIGKILL"),
  };
}

/** Installs a VSIX into the server's data folder, as a person would from the Extensions view. */
export async function installVsix(options: ServerOptions, vsix: string): Promise<void> {
  const args = [...command(options), "--install-extension", vsix, "--force"];
  try {
    await promisify(execFile)(options.install.node, args, { env: { ...options.env, ...NO_GALLERY } });
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
    throw new ExpectedError(`VS Code ${options.install.version} did not install ${vsix}:\n${said}`);
  }
}

function command({ install, data }: ServerOptions): string[] {
  const folders = ["--server-data-dir", data, "--builtin-extensions-dir", install.builtin];
  return [install.main, ...folders, "--telemetry-level", "off"];
}

// A server must not outlive us, not even when we are killed: it looks every second whether we still live.
// It hides the option from the processes it starts, which would look too.
function leash(): string {
  const watch = `try { process.kill(${process.pid}, 0) } catch { process.kill(-process.pid, "SIGKILL") }`;
  const code = `process.execArgv = []; setInterval(() => { ${watch} }, 1000).unref()`;
  return `data:text/javascript,${encodeURIComponent(code)}`;
}

function listening(child: ChildProcess, log: string): Promise<number> {
  let output = "";
  return new Promise((resolve, reject) => {
    const fail = () => reject(startFailure(output));
    const read = (chunk: Buffer) => {
      appendFileSync(log, chunk);
      output = (output + chunk).slice(-4000);
      const port = /agent listening on (\d+)/.exec(output)?.[1];
      if (port) resolve(Number(port));
      if (output.includes("EADDRINUSE")) fail(); // it would go on, deaf
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("error", reject);
    child.once("exit", fail);
    setTimeout(fail, 60_000).unref();
  });
}

function startFailure(output: string): Error {
  const port = /EADDRINUSE.*:(\d+)/.exec(output)?.[1];
  if (port)
    return new ExpectedError(`Port ${port} is in use. Choose another one with --port, or leave it out.`);
  return new Error(`The VS Code server did not start:\n${output}`);
}

async function end(child: ChildProcess, how: NodeJS.Signals): Promise<void> {
  const pid = child.pid ?? 0;
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise(resolve => child.once("exit", resolve));
    signal(-pid, how);
    const timer = setTimeout(() => signal(-pid, "SIGKILL"), 3000);
    await ended;
    clearTimeout(timer);
  }
  signal(-pid, "SIGKILL"); // extension hosts which outlived it
}
