import type { ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { openStore } from "../../extension/db/open.ts";
import { sharedSQLite } from "../extension/db/open-scratch.ts";
import { bundle, ended, seeded, wasmFile } from "./children.ts";
import { whatIsWrong } from "./facts.ts";

export interface KillResult {
  kills: number;
  acked: number;
  damaged: number;
  lost: number;
  partial: number;
}

/** Kills a process that writes, again and again on the same store, and looks each time what is left. */
export async function killWhileWriting(kills: number, seed = 1): Promise<KillResult> {
  const start = await bundle("writer");
  const sqlite = await sharedSQLite();
  const random = seeded(seed);
  const result: KillResult = { kills: 0, acked: 0, damaged: 0, lost: 0, partial: 0 };
  const folder = mkdtempSync(join(tmpdir(), "agent-trace-torture-"));
  try {
    for (; result.kills < kills; result.kills++) {
      const acks = join(folder, `acks-${result.kills}`);
      const child = start([join(folder, "data"), wasmFile, String(result.acked), acks]);
      await firstWord(acks, child);
      await delay(random() * 150);
      child.kill("SIGKILL");
      await ended(child);
      result.acked = lastAck(acks) + 1;
      const { db } = openStore(sqlite, join(folder, "data"));
      const wrong = whatIsWrong(db, result.acked);
      if (wrong) result[wrong]++;
      // One commit may be stored that nobody was told of.
      result.acked = db.get<{ n: number }>("select count(*) as n from step")?.n ?? result.acked;
      db.abandon();
    }
    return result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function firstWord(acks: string, child: ChildProcess): Promise<void> {
  while (!existsSync(acks) || !readFileSync(acks, "utf8").includes("\n")) {
    if (child.exitCode !== null) throw new Error(`The writer ended by itself, with code ${child.exitCode}.`);
    await delay(2);
  }
}

function lastAck(acks: string): number {
  return Number(readFileSync(acks, "utf8").split("\n").at(-2));
}
