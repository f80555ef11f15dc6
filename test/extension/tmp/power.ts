import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Care } from "../../../extension/db/care.ts";
import { openStore, STORE } from "../../../extension/db/open.ts";
import type { SQLite } from "../../../extension/db/sqlite.ts";
import { Store } from "../../../extension/db/store.ts";
import { sharedSQLite } from "../db/open-scratch.ts";
import { write } from "../db/store-helpers.ts";
import { seeded } from "../../torture/children.ts";
import { someFacts, whatIsWrong } from "../../torture/facts.ts";
import { PowerCut, RecordedDisk } from "../../torture/recorded-disk.ts";

export interface PowerResult {
  points: number;
  operations: number;
  damaged: number;
  lost: number;
  partial: number;
}

/** Cuts the power at random points of a store's life: opened, written to, compacted, closed and opened again. */
export async function cutPowerWhileWriting(
  points: number,
  ignoreSync = false,
  seed = 1,
): Promise<PowerResult> {
  const sqlite = await sharedSQLite();
  const folder = mkdtempSync(join(tmpdir(), "agent-trace-torture-"));
  try {
    const disk = new RecordedDisk(join(folder, "data"));
    disk.record(() => live(sqlite, join(folder, "data"), disk));
    const random = seeded(seed);
    const { operations } = disk;
    const first = operations.findIndex(operation => operation.kind === "acked");
    const moments = Array.from({ length: points }, () => Math.floor(random() * (operations.length - first)));
    const result: PowerResult = { points, operations: operations.length, damaged: 0, lost: 0, partial: 0 };
    const power = new PowerCut(operations, ignoreSync);
    for (const moment of moments.sort((a, b) => a - b)) {
      power.playTo(first + 1 + moment);
      power.cut(join(folder, "after"), random);
      const wrong = judge(sqlite, join(folder, "after"), power.acked);
      if (wrong) { result[wrong]++; console.log("at", moment, "of", operations.length - first, "acked", power.acked, "op", JSON.stringify(operations[first + 1 + moment], (k, v) => (v?.type === "Buffer" || v instanceof Uint8Array ? v.length : v))?.slice(0, 300)); }
    }
    return result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const COMMITS = 350;

function live(sqlite: SQLite, dataDir: string, disk: RecordedDisk): void {
  let { db } = openStore(sqlite, dataDir);
  disk.ack(0);
  for (let n = 0; n < COMMITS; n++) {
    write(new Store(db, 2), "/transcript.jsonl", someFacts(n), { cursor: n + 1 });
    disk.ack(n + 1);
    if (n === 150) new Care(db, join(dataDir, STORE)).compact();
    if (n === 220) db.close();
    if (n === 290) db.abandon();
    if (n === 220 || n === 290) db = openStore(sqlite, dataDir).db;
  }
  db.close();
}

function judge(sqlite: SQLite, dataDir: string, acked: number): "damaged" | "lost" | "partial" | undefined {
  let damaged = false;
  try {
    const { db } = openStore(sqlite, dataDir, (...note) => { console.log("NOTE", note); damaged = true; });
    const wrong = damaged ? "damaged" : whatIsWrong(db, acked); if (wrong) console.log(wrong, JSON.stringify(db.all("pragma integrity_check")));
    db.abandon();
    return wrong;
  } catch (error) {
    console.log("THREW", error);
    return "damaged";
  }
}
