import { readFileSync } from "node:fs";

/**
 * The most memory that this process ever had resident, in bytes. On Linux `resourceUsage` would also count what
 * its parent had when it started it.
 */
export function peakMemory(): number {
  const kilobytes =
    process.platform === "linux"
      ? Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1])
      : process.resourceUsage().maxRSS;
  return kilobytes * 1024;
}
