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
  /** For how many milliseconds from its last writing the owner may be too busy to answer. */
  busy: number;
}

/** How often an owner renews its lease, and when it counts as gone. */
const RENEW_EVERY = 5000;
const FRESH_FOR = 15_000;

/** This machine; on Linux since it was started, and the network that its processes share, as a container has its own. */
export function thisHost(): string {
  if (process.platform !== "linux") return hostname();
  const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  return `${hostname()} ${boot} ${readlinkSync("/proc/self/ns/net")}`;
}

const fileOf = (dataDir: string) => join(dataDir, "owner.json");

export function readLease(dataDir: string): Lease | undefined {
  try {
    const lease = JSON.parse(readFileSync(fileOf(dataDir), "utf8")) as Partial<Lease>;
    const { host, pid, generation, busy = 0 } = lease;
    if (typeof host !== "string" || typeof pid !== "number") return undefined;
    return typeof generation === "number" ? { host, pid, generation, busy } : undefined;
  } catch {
    return undefined;
  }
}

/** Where this host may keep its data: the folder itself, or a place in it of its own while another host has it. */
export function homeOnThisHost(dataDir: string): string {
  const lease = readLease(dataDir);
  if (!lease || lease.host === thisHost() || ageOf(dataDir) > FRESH_FOR + lease.busy) return dataDir;
  return homeOnThisHost(join(dataDir, "hosts", hostname().replace(/[^\w.-]/g, "_")));
}

/** Whether the owner said that it would not answer for a while. */
export function isBusy(dataDir: string): boolean {
  const lease = readLease(dataDir);
  return lease !== undefined && lease.busy > 0 && ageOf(dataDir) < lease.busy;
}

/**
 * How long ago the lease was renewed. Two hosts' clocks differ, so that it is taken by the clock of the disk that
 * both use; where that can't be asked the lease counts as new, because to keep out is safe and to take over is not.
 */
function ageOf(dataDir: string): number {
  const probe = join(dataDir, `now-${process.pid}-${randomBytes(4).toString("hex")}`);
  try {
    writeFileSync(probe, "");
    return statSync(probe).mtimeMs - statSync(fileOf(dataDir)).mtimeMs;
  } catch {
    return 0;
  } finally {
    rmSync(probe, { force: true });
  }
}

/** Holds a lease until it is closed. */
export class HeldLease {
  readonly #dataDir: string;
  readonly #lease: Lease;
  readonly #timer: NodeJS.Timeout;

  /** Takes the lease, unless a later generation has it; `lost` is called once it is lost to one, or to another host. */
  static take(dataDir: string, generation: number, lost: () => void): HeldLease | undefined {
    const former = readLease(dataDir);
    const late = former?.host === thisHost() && former.generation > generation;
    return late ? undefined : new HeldLease(dataDir, generation, lost);
  }

  private constructor(dataDir: string, generation: number, lost: () => void) {
    this.#dataDir = dataDir;
    this.#lease = { host: thisHost(), pid: process.pid, generation, busy: 0 };
    this.#write();
    this.#timer = setInterval(() => (this.#isOurs() ? this.#write() : lost()), RENEW_EVERY);
  }

  /** Tells the others not to take us for hanging while `work` lets nobody in; at most for `ms`. */
  busy<T>(ms: number, work: () => T): T {
    const before = this.#lease.busy;
    this.#lease.busy = ms;
    if (this.#isOurs()) this.#write();
    try {
      return work();
    } finally {
      this.#lease.busy = before;
      if (this.#isOurs()) this.#write();
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
      // On a full disk: other hosts then see the last one grow old, and the log tells who is the owner.
    }
  }
}
