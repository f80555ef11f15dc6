import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a process took, from its start to its end, and what it said. */
export interface Measured {
  ms: number;
  /** The most memory that it, or one that it started, ever had resident. */
  peakMB: number;
  stdout: string;
}

/** Knows the peak exactly, but is not everywhere. */
const TIME = "/usr/bin/time";
const POLL_MS = 5;

/** Runs a program in a process of its own, which knows nothing of our environment but where programs are. */
export async function measure(
  command: string,
  args: string[],
  env: Record<string, string>,
): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), "agent-trace-measure-"));
  try {
    const note = join(folder, "kilobytes");
    const timed = process.platform === "linux" && existsSync(TIME);
    const [program, all] = timed ? [TIME, ["-f", "%M", "-o", note, command, ...args]] : [command, args];
    const start = performance.now();
    const child = spawn(program, all, {
      env: { PATH: process.env.PATH, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const watch = timed ? undefined : new MemoryWatch(child);
    const stdout = await outputOf(child, command).finally(() => watch?.stop());
    const ms = performance.now() - start;
    const kilobytes = watch ? watch.kilobytes : Number(await readFile(note, "utf8"));
    return { ms, peakMB: (kilobytes * 1024) / 1e6, stdout };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function outputOf(child: ChildProcess, command: string): Promise<string> {
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout?.on("data", chunk => out.push(chunk));
  child.stderr?.on("data", chunk => err.push(chunk));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", code => {
      if (code === 0) resolve(Buffer.concat(out).toString());
      else reject(new Error(`${command} ended with code ${code}: ${Buffer.concat(err).toString()}`));
    });
  });
}

/** Asks again and again, as the system forgets a process that has ended; the largest of its family counts. */
class MemoryWatch {
  kilobytes = 0;
  readonly #timer: NodeJS.Timeout;
  readonly #pid: number | undefined;

  constructor({ pid }: ChildProcess) {
    this.#pid = pid;
    this.#timer = setInterval(() => this.#look(), POLL_MS);
    this.#look();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    if (this.#pid !== undefined) this.kilobytes = Math.max(this.kilobytes, ...family(this.#pid).map(peakOf));
  }
}

/** A process, and all that it started. */
function family(pid: number): number[] {
  const children = read(`/proc/${pid}/task/${pid}/children`).split(" ").filter(Boolean).map(Number);
  return [pid, ...children.flatMap(family)];
}

function peakOf(pid: number): number {
  return Number(/^VmHWM:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
}

/** Nothing, once the process is gone. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
