/**
 * How many events the recorder takes, and how soon: hooks over HTTP at a pace of 2,000 a second and in a burst, and by
 * files in the inbox; beside a server that does nothing with them. It measures and judges nothing but losses: machines
 * differ. `--seconds 60` and `--pace 2000` say for how long, and how
 * many a second.
 */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { main, step } from "../../../.scripts/step.mjs";
import { readLease } from "../../../extension/base/lease.ts";
import { inboxOf } from "../../../extension/base/mailbox.ts";
import { askMeeting } from "../../../extension/base/meeting.ts";
import { Owner } from "../../../extension/base/owner.ts";
import { tokenOf } from "../../../extension/base/token.ts";
import { callsIn, hookAt } from "./hooks.ts";
import { bundle, runLoad, startFloor } from "./programs.ts";
import { type Measured, report } from "./report.ts";
import { memoryMB, watchMemory, watchThread } from "./watch.ts";

const root = join(import.meta.dirname, "../../..");
const programs = join(root, "out/bench/receiver");
const BURST = 20_000;
const CONNECTIONS = 64;

void main(async () => {
  const { values } = parseArgs({
    options: { seconds: { type: "string", default: "60" }, pace: { type: "string", default: "2000" } },
  });
  const pace = Number(values.pace);
  const steady = { pace, count: pace * Number(values.seconds), connections: CONNECTIONS };
  const burst = { count: BURST, connections: CONNECTIONS };
  await step("Bundling", () => bundle(programs));
  const floor = await startFloor(programs);
  const nobody = { port: floor.port, token: "", from: 0 };
  const blocked = watchThread();
  const limits = {
    steady: await step("The floor, at a pace", () =>
      runLoad(programs, { ...nobody, ...steady, count: pace * 10 }),
    ),
    burst: await step("The floor, in a burst", () => runLoad(programs, { ...nobody, ...burst })),
    blockedMs: blocked(), // this thread does nothing: so long the machine alone keeps one waiting
  };
  await floor.close();
  const folder = mkdtempSync(join(tmpdir(), "agent-trace-bench-"));
  try {
    const ours = await measure(folder, steady, burst);
    process.stdout.write(`\n${report(ours, limits)}\n`);
    if (ours.lost > 0) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

type Wanted = Pick<Parameters<typeof runLoad>[1], "pace" | "count" | "connections">;

async function measure(dataDir: string, steady: Wanted, burst: Wanted): Promise<Measured> {
  const base = memoryMB();
  const owner = new Owner(join(root, "dist/recorder.js"), { dataDir, folders: [], port: 0 }, () => {});
  try {
    await owner.ready();
    return await measureOwner(owner, base, steady, burst);
  } finally {
    await owner.close();
  }
}

async function measureOwner(owner: Owner, base: number, steady: Wanted, burst: Wanted): Promise<Measured> {
  const { dataDir } = owner.place;
  const token = tokenOf(dataDir);
  const port = Number(await askMeeting(token, { generation: readLease(dataDir)?.generation ?? 0 }));
  const [blocked, grown] = [watchThread(), watchMemory(base)];
  const load = (wanted: Wanted, from: number) =>
    runLoad(programs, { port, token, ...wanted, from, hints: true });
  const atPace = await step(`${steady.count} at a pace`, () => load(steady, 0));
  const afterPace = await emptied(dataDir);
  const inBurst = await step(`${burst.count} in a burst`, () => load(burst, steady.count));
  const afterBurst = await emptied(dataDir);
  const blockedMs = blocked(); // the files below are this thread's own work
  const http = steady.count + burst.count;
  const written = await step(`${burst.count} in files`, () => writeFiles(dataDir, http, burst.count));
  const afterFiles = await emptied(dataDir);
  const grownMB = grown();
  const acked = atPace.acks.length + inBurst.acks.length;
  const { steps } = await owner.totals();
  return {
    ...{ steady: atPace, burst: inBurst, blockedMs, grownMB },
    files: { count: burst.count, seconds: written + afterFiles },
    drained: { steady: afterPace, burst: afterBurst },
    // Half of the hooks begin a call and half end one, so that with nothing refused all calls are there.
    lost: acked === http ? callsIn(http + burst.count) - steps : Number.NaN,
  };
}

/** How many seconds it takes until all that waits has been stored. */
async function emptied(dataDir: string): Promise<number> {
  const start = performance.now();
  while (readdirSync(inboxOf(dataDir)).some(name => name.endsWith(".ndjson"))) await delay(20);
  return (performance.now() - start) / 1000;
}

/** Writes a file for each event, as the hooks' script does; answers how many seconds it took. */
async function writeFiles(dataDir: string, from: number, count: number): Promise<number> {
  const start = performance.now();
  for (let n = from; n < from + count; n++) {
    const { session_id, hook_event_name, tool_use_id, tool_name } = hookAt(n);
    const body = { session_id, hook_event_name, tool_use_id, tool_name };
    const file = join(inboxOf(dataDir), `${Date.now()}-${n}-hook`);
    await writeFile(`${file}.part`, `${JSON.stringify({ kind: "hook", body })}\n`);
    await rename(`${file}.part`, `${file}.ndjson`);
  }
  return (performance.now() - start) / 1000;
}
