/**
 * What it costs a message to pass through `agent-trace record`: the same calls of an official server, one after the
 * other, asked bare and through us by turns, so that whatever else the machine does slows both down. A recorder takes
 * up what is recorded meanwhile. `--calls 1000` says how many calls of each size.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { parseArgs } from "node:util";
import { main, step } from "../../../.scripts/step.mjs";
import { sayTerms } from "../../../extension/base/terms.ts";
import { recorded, SERVERS } from "../../extension/mcp/servers.ts";
import { call, initialize } from "../../extension/mcp/talk.ts";
import { openOwner } from "../../extension/open-owner.ts";
import { scratch } from "../../scratch.ts";

const SIZES = [100, 10_000, 1_000_000];
/** So many calls of one, then of the other. */
const TURN = 50;
const AIM = 1;

void main(async () => {
  const { values } = parseArgs({ options: { calls: { type: "string", default: "1000" } } });
  const calls = Number(values.calls);
  await using home = await scratch({ "data/x": "" });
  sayTerms(home.at("data"), { tier: 3, redact: [] }); // the most work
  await using owner = openOwner(home.path, { tier: 3 });
  await owner.ready();
  await using bare = await open(SERVERS.everything());
  await using ours = await open(recorded(SERVERS.everything(), home.at("data")));
  console.log("a call and its answer, in ms      bare p50     p95   recorded p50     p95   more at p50");
  let most = 0;
  for (const size of SIZES) {
    const many = Math.max(TURN, Math.round(size >= 1_000_000 ? calls / 10 : calls));
    const took = await step(`${many} calls of ${size} bytes each`, () => measure(bare, ours, many, size));
    const [before, after] = [at(took.bare, 0.5), at(took.ours, 0.5)];
    if (size < 1_000_000) most = Math.max(most, after - before);
    const numbers = [before, at(took.bare, 0.95), after, at(took.ours, 0.95), after - before];
    console.log(
      `${String(size).padStart(9)} bytes ${numbers.map(ms => ms.toFixed(2).padStart(13)).join("")}`,
    );
  }
  console.log(
    `${most < AIM ? "✓" : "✗"} less than ${AIM} ms more for messages of up to 10,000 bytes: ${most.toFixed(2)}`,
  );
  if (most >= AIM) process.exitCode = 1;
});

type Peer = Awaited<ReturnType<typeof open>>;

async function measure(bare: Peer, ours: Peer, many: number, size: number) {
  const took = { bare: [] as number[], ours: [] as number[] };
  for (const peer of [bare, ours]) for (let i = 0; i < TURN; i++) await peer.ask(size); // warm
  for (let i = 0; i < many; i += TURN) {
    for (let n = 0; n < TURN; n++) took.bare.push(await bare.ask(size));
    for (let n = 0; n < TURN; n++) took.ours.push(await ours.ask(size));
  }
  return took;
}

/** A server that was greeted, and can be asked to echo so many bytes. */
async function open([command = "", ...args]: string[]) {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "ignore"] });
  let answered = () => {};
  child.stdout.on("data", (bytes: Buffer) => bytes.includes(10) && answered());
  const answer = () =>
    new Promise<void>(resolve => {
      answered = resolve;
    });
  const greeted = answer();
  child.stdin.write(initialize);
  await greeted;
  child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", method: "notifications/initialized" })}\n`);
  let id = 1;
  return {
    async ask(size: number): Promise<number> {
      const message = call(id++, "echo", { message: "x".repeat(size) });
      const from = performance.now();
      const heard = answer();
      child.stdin.write(message);
      await heard;
      return performance.now() - from;
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await once(child, "close");
    },
  };
}

function at(times: number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
