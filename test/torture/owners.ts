import type { ChildProcess } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { readLease } from "../../extension/base/lease.ts";
import { inboxOf } from "../../extension/base/mailbox.ts";
import { Owner } from "../../extension/base/owner.ts";
import { openStore } from "../../extension/db/open.ts";
import { sharedSQLite } from "../extension/db/open-scratch.ts";
import { RECORDER } from "../extension/open-owner.ts";
import { bundle, ended, seeded } from "./children.ts";
import type { Said } from "./participant.ts";

export interface OwnersResult {
  kills: number;
  stops: number;
  acked: number;
  lost: number;
  sound: boolean;
  /** Milliseconds from the death of an owner until another window had joined its successor. */
  takeovers: number[];
  /** The same from an owner that was stopped. */
  takeoversOfHung: number[];
  /** Of the stopped owners, how many found out by themselves that they were replaced. */
  steppedDown: number;
}

/** Three windows share a store while its owner is killed, or stopped and continued later, again and again. */
export async function fightOverStore(kills: number, stops: number, seed = 1): Promise<OwnersResult> {
  const folder = mkdtempSync(join(tmpdir(), "agent-trace-torture-"));
  const fight = new Fight(folder, await bundle("participant"));
  const random = seeded(seed);
  const result: OwnersResult = {
    ...{
      kills: 0,
      stops: 0,
      acked: 0,
      lost: 0,
      sound: false,
      takeovers: [],
      takeoversOfHung: [],
      steppedDown: 0,
    },
  };
  try {
    for (let i = 0; i < 3; i++) fight.start();
    for (; result.kills < kills; result.kills++) {
      result.takeovers.push(await fight.kill(200 + random() * 300));
      fight.start();
    }
    for (; result.stops < stops; result.stops++) {
      const { took, steppedDown } = await fight.stop(random() * 1500);
      result.takeoversOfHung.push(took);
      if (steppedDown) result.steppedDown++;
    }
    await fight.end();
    await takeUp(folder);
    const { db } = openStore(await sharedSQLite(), folder);
    const stored = new Set(db.all<{ id: string }>("select id from step").map(row => row.id));
    db.assertSound();
    db.close();
    result.sound = true;
    result.acked = fight.acked.size;
    result.lost = [...fight.acked].filter(id => !stored.has(id)).length;
    return result;
  } finally {
    fight.killAll();
    rmSync(folder, { recursive: true, force: true });
  }
}

class Fight {
  readonly acked = new Set<string>();
  readonly #dataDir: string;
  readonly #fork: (args: string[]) => ChildProcess;
  readonly #windows = new Map<number, ChildProcess>();
  readonly #joined = new Map<number, number>();
  readonly #logs = new Map<number, string>();

  constructor(dataDir: string, fork: (args: string[]) => ChildProcess) {
    this.#dataDir = dataDir;
    this.#fork = fork;
  }

  start(): void {
    const child = this.#fork([this.#dataDir, RECORDER]);
    const pid = child.pid ?? 0;
    this.#windows.set(pid, child);
    child.on("message", (said: Said) => {
      if ("acked" in said) this.acked.add(said.acked);
      else if ("joined" in said) this.#joined.set(pid, said.joined);
      else this.#logs.set(pid, `${this.#logs.get(pid) ?? ""}${said.log}\n`);
    });
    child.once("exit", () => this.#windows.delete(pid));
  }

  /** Kills the owner after it has worked for some time; answers how long the others were without one. */
  async kill(after: number): Promise<number> {
    const owner = await this.#owner();
    await delay(after);
    const at = Date.now();
    this.#windows.get(owner)?.kill("SIGKILL");
    return (await this.#joinedSince(at, owner)) - at;
  }

  /** Stops the owner until another has taken over, and lets it go on. */
  async stop(after: number): Promise<{ took: number; steppedDown: boolean }> {
    const owner = await this.#owner();
    await delay(after);
    const at = Date.now();
    process.kill(owner, "SIGSTOP");
    const took = (await this.#joinedSince(at, owner)) - at;
    await delay(300);
    const before = this.#logs.get(owner)?.length ?? 0;
    process.kill(owner, "SIGCONT");
    const since = Date.now();
    await until(() => (this.#joined.get(owner) ?? 0) > since, "the stopped window joins the new owner");
    const log = this.#logs.get(owner)?.slice(before) ?? "";
    return { took, steppedDown: (await this.#owner()) !== owner && log.includes("joined the recorder") };
  }

  /** Lets all windows close. */
  async end(): Promise<void> {
    const windows = [...this.#windows.values()];
    for (const child of windows) child.send("end");
    await Promise.all(windows.map(ended));
  }

  killAll(): void {
    for (const child of this.#windows.values()) child.kill("SIGKILL");
  }

  /** The process that owns the store, once all windows have joined it. */
  async #owner(): Promise<number> {
    await until(() => {
      const pid = readLease(this.#dataDir)?.pid ?? 0;
      return this.#windows.has(pid) && [...this.#windows.keys()].every(window => this.#joined.has(window));
    }, "an owner");
    return readLease(this.#dataDir)?.pid ?? 0;
  }

  async #joinedSince(at: number, former: number): Promise<number> {
    const others = () => [...this.#joined].filter(([pid, joined]) => pid !== former && joined > at);
    await until(() => others().length > 0, "another owner");
    return Math.min(...others().map(([, joined]) => joined));
  }
}

/** What came while the last owner closed is for the next one. */
export async function takeUp(dataDir: string): Promise<void> {
  const owner = new Owner(RECORDER, { dataDir, folders: [], port: 0 }, () => {});
  await until(
    () => !readdirSync(inboxOf(dataDir)).some(name => name.endsWith(".ndjson")),
    "the inbox to be empty",
  );
  await owner.close();
}

async function until(condition: () => boolean, what: string): Promise<void> {
  const end = Date.now() + 60_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`Waited in vain for ${what}.`);
    await delay(5);
  }
}
