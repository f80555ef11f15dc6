import { randomBytes } from "node:crypto";
import { readFileSync, readlinkSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

/**
 * What the owner of a data folder writes into it, every few seconds: who it is. Only where the kernel can't tell
 * does anyone go by it: when the folder is shared by several hosts, and when an owner hangs.
 */
export interface Lease {
  host: string;
  pid: number;
  /** Grows when an owner that hangs is replaced: each generation has a meeting point of its own. */
  generation: number;
  /** Until when the owner may be too busy to answer, as while it compacts the store. */
  busyUntil: number;
}

/** How often an owner renews its lease, and when it counts as gone. */
const RENEW_EVERY = 5000;
const FRESH_FOR = 15_000;

/** This machine, and on Linux the network that its processes share: a container has one of its own. */
export function thisHost(): string {
  return `${hostname()} ${process.platform === "linux" ? readlinkSync("/proc/self/ns/net") : ""}`.trim();
}

const fileOf = (dataDir: string) => join(dataDir, "owner.json");

export function readLease(dataDir: string): Lease | undefined {
  try {
    const lease = JSON.parse(readFileSync(fileOf(dataDir), "utf8")) as Partial<Lease>;
    const { host, pid, generation, busyUntil } = lease;
    if (typeof host !== "string" || typeof pid !== "number" || typeof generation !== "number")
      return undefined;
    return { host, pid, generation, busyUntil: typeof busyUntil === "number" ? busyUntil : 0 };
  } catch {
    return undefined;
  }
}

/** Where this host may keep its data: the folder itself, or a place in it of its own while another host has it. */
export function homeOnThisHost(dataDir: string): string {
  const lease = readLease(dataDir);
  if (!lease || lease.host === thisHost() || !isFresh(dataDir)) return dataDir;
  return homeOnThisHost(join(dataDir, "hosts", hostname().replace(/[^\w.-]/g, "_")));
}

/** Two hosts' clocks differ, so that the file's age is taken by the clock of the disk that both use. */
function isFresh(dataDir: string): boolean {
  const probe = join(dataDir, `now-${process.pid}-${randomBytes(4).toString("hex")}`);
  try {
    writeFileSync(probe, "");
    return statSync(probe).mtimeMs - statSync(fileOf(dataDir)).mtimeMs < FRESH_FOR;
  } catch {
    return false;
  } finally {
    rmSync(probe, { force: true });
  }
}

/** Holds a lease until it is closed. */
export class HeldLease {
  readonly #dataDir: string;
  readonly #lease: Lease;
  readonly #timer: NodeJS.Timeout;

  /** `lost` is called once another host or a later generation has taken the place over. */
  constructor(dataDir: string, generation: number, lost: () => void) {
    this.#dataDir = dataDir;
    this.#lease = { host: thisHost(), pid: process.pid, generation, busyUntil: 0 };
    this.#write();
    this.#timer = setInterval(() => (this.#isOurs() ? this.#write() : lost()), RENEW_EVERY);
  }

  /** Tells the others not to take us for hanging while `work` lets nobody in; at most for `ms`. */
  busy<T>(ms: number, work: () => T): T {
    this.#lease.busyUntil = Date.now() + ms;
    this.#write();
    try {
      return work();
    } finally {
      this.#lease.busyUntil = 0;
      this.#write();
    }
  }

  close(): void {
    clearInterval(this.#timer);
    if (this.#isOurs()) rmSync(fileOf(this.#dataDir), { force: true });
  }

  #isOurs(): boolean {
    const found = readLease(this.#dataDir);
    return !found || (found.host === this.#lease.host && found.generation <= this.#lease.generation);
  }

  #write(): void {
    const draft = `${fileOf(this.#dataDir)}.${process.pid}`;
    try {
      writeFileSync(draft, JSON.stringify(this.#lease), { mode: 0o600 });
      renameSync(draft, fileOf(this.#dataDir));
    } catch {
      // Where nothing can be written, no other host can take over either.
    }
  }
}
