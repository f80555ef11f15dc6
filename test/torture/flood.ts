import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { openStore } from "../../extension/db/open.ts";
import { sharedSQLite } from "../extension/db/open-scratch.ts";
import { RECORDER } from "../extension/open-owner.ts";
import { postHook } from "../extension/post-hook.ts";
import { bundle, ended, seeded } from "./children.ts";
import { takeUp } from "./owners.ts";

export interface FloodResult {
  kills: number;
  acked: number;
  lost: number;
}

const SENDERS = 16;

/** Kills the owner in the middle of a flood of hooks, again and again; whatever it acknowledged has to be stored. */
export async function killInFlood(kills: number, seed = 1): Promise<FloodResult> {
  const folder = mkdtempSync(`${tmpdir()}/agent-trace-torture-`);
  const start = await bundle("holder");
  const random = seeded(seed);
  const acked = new Set<string>();
  let owner: ChildProcess | undefined;
  try {
    for (let kill = 0; kill < kills; kill++) {
      owner = start([folder, RECORDER]);
      await once(owner, "message");
      await flood(folder, owner, acked, acked.size + 100 + Math.round(random() * 400));
      await ended(owner);
    }
    await takeUp(folder);
    const { db } = openStore(await sharedSQLite(), folder);
    const stored = new Set(db.all<{ id: string }>("select id from step").map(row => row.id));
    db.assertSound();
    db.close();
    return { kills, acked: acked.size, lost: [...acked].filter(id => !stored.has(id)).length };
  } finally {
    owner?.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Sends hooks from all sides; kills the owner once so many are acknowledged, while others are on their way. */
async function flood(
  dataDir: string,
  owner: ChildProcess,
  acked: Set<string>,
  enough: number,
): Promise<void> {
  let sent = acked.size;
  const sender = async () => {
    for (;;) {
      const id = `toolu-${owner.pid}-${sent++}`;
      const hook = { session_id: "flood", hook_event_name: "PreToolUse", tool_use_id: id, tool_name: "Bash" };
      if ((await postHook(dataDir, hook).catch(() => 0)) !== 200) return;
      acked.add(id);
      if (acked.size >= enough) owner.kill("SIGKILL");
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
}
