import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { devNull } from "node:os";
import { pipeline } from "node:stream/promises";
import { ExpectedError, errorCode, reason } from "../../base/expected-error.ts";
import type { Side } from "./passed.ts";

/** How a server ended. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The client had closed the connection before, or had it stopped. */
  expected: boolean;
}

const SIGNALS: NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK", "SIGQUIT", "SIGUSR2"];
const STDOUT = 1;

/**
 * Runs a server in our place: what we are told it is told, what it says we say, byte by byte and as it comes; its
 * errors go where ours would. `hear` gets the bytes once they are on their way.
 */
export async function passStdio(
  server: string[],
  hear: (from: Side, bytes: Uint8Array) => void,
): Promise<Ended> {
  // Windows finds npx and the like, which are scripts, by its shell alone.
  const shell = process.platform === "win32";
  const [command = "", ...args] = shell ? server.map(word => `"${word.replaceAll('"', '\\"')}"`) : server;
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"], shell, windowsHide: true });
  let expected = false;
  const forward = (signal: NodeJS.Signals) => {
    expected = true;
    child.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, forward);
  process.stdin.once("end", () => {
    expected = true;
  });
  // Either side may close its end and go on with the other, and whoever is gone the other finds gone.
  pipeline(process.stdin, child.stdin).catch(() => {});
  const answered = pipeline(child.stdout, process.stdout, { end: false })
    .then(written)
    .then(closeStdout, () => {
      expected = true;
    });
  process.stdin.on("data", bytes => hear("client", bytes));
  child.stdout.on("data", bytes => hear("server", bytes));
  return new Promise((resolve, reject) => {
    child.once("error", error => reject(notStarted(command, error)));
    child.once("close", (code, signal) => void answered.then(() => resolve({ code, signal, expected })));
  });
}

/** Resolves when the client has been handed everything. */
function written(): Promise<void> {
  return new Promise((resolve, reject) =>
    process.stdout.write("", error => (error ? reject(error) : resolve())),
  );
}

/** Nobody else's file may come to have its number. */
function closeStdout(): void {
  closeSync(STDOUT);
  openSync(devNull, "w");
}

/** Ends us as the server ended. */
export function endLike({ code, signal }: Ended): void {
  process.exitCode = code ?? 1;
  if (signal === null) return;
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

function notStarted(command: string, error: unknown): ExpectedError {
  const why = errorCode(error) === "ENOENT" ? "there is no such program" : reason(error);
  return new ExpectedError(`${command} could not be started: ${why}.`);
}
