import { readdirSync, readFileSync } from "node:fs";

/** An extension host: the process that runs the extensions of one window. */
export interface ExtensionHost {
  pid: number;
  /** Memory in use, in bytes. */
  memory: number;
  /** Processor time used so far, in milliseconds. */
  cpu: number;
}

const TICKS_PER_SECOND = 100;

/** Whether a process of that id exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Sends a signal to a process (a negative id: to its group); false when it is gone already. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

/** The extension hosts which a server has started, oldest first. */
export function extensionHosts(server: number): ExtensionHost[] {
  const pids = readdirSync("/proc").map(Number).filter(Number.isInteger);
  return pids.flatMap(pid => readHost(pid, server)).sort((a, b) => a.pid - b.pid);
}

function readHost(pid: number, server: number): ExtensionHost[] {
  try {
    const read = (name: string) => readFileSync(`/proc/${pid}/${name}`, "utf8");
    if (!read("cmdline").includes("--type=extensionHost")) return [];
    // The fields after the process's name, which may itself hold spaces and brackets.
    const [state, parent, ...rest] = read("stat")
      .replace(/^.*\) /s, "")
      .split(" ");
    if (Number(parent) !== server || state === "Z") return [];
    const memory = Number(/VmRSS:\s+(\d+)/.exec(read("status"))?.[1] ?? 0) * 1024;
    const cpu = ((Number(rest[9]) + Number(rest[10])) * 1000) / TICKS_PER_SECOND;
    return [{ pid, memory, cpu }];
  } catch {
    return []; // it ended while we looked
  }
}
