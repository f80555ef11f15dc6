import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import { commandOf } from "../../extension/connect/hook-script.ts";
import { install } from "./client.ts";
import { startModel } from "./model.ts";
import { MOODS } from "./our-side.ts";
import { type Outcome, type Setup, session } from "./session.ts";
import { compareStore } from "./store.ts";

/** Runs the real Claude Code against what Connect writes, and prints what that costs and what arrives. */
const VERSIONS = ["2.1.329", "2.0.77", "1.0.128"];
const ROUNDS = Number(process.env.ROUNDS ?? 5);
const CALLS = 5;

type Variant = Omit<Setup, "client" | "version" | "model"> & { name: string };

const VARIANTS: Variant[] = [
  { name: "not connected", mood: "down" },
  ...MOODS.map((mood): Variant => ({ name: `our side ${mood}`, mood, how: {} })),
  { name: "script deleted", mood: "up", how: {}, spoil: dataDir => rm(`${dataDir}/hook.sh`) },
  { name: "data deleted", mood: "down", how: {}, spoil: dataDir => rm(dataDir, { recursive: true }) },
];

/** The same hooks at every tool call, to see what one of them costs. */
const each = (hook: object) => {
  const group = [{ hooks: [hook] }];
  return JSON.stringify({ hooks: { PreToolUse: group, PostToolUse: group } });
};
const command = (command: string) => each({ type: "command", command, timeout: 5 });
const HOOKS: Variant[] = [
  { name: "none", mood: "up" },
  { name: "a shell that does nothing", mood: "up", settings: () => command(":") },
  {
    name: "script",
    mood: "up",
    settings: (_, dataDir) => command(commandOf(dataDir)),
  },
  {
    name: "script, async",
    mood: "up",
    settings: (_, dataDir) => each({ type: "command", command: commandOf(dataDir), timeout: 5, async: true }),
  },
  {
    name: "agent-trace hook (Node)",
    mood: "up",
    settings: (_, dataDir) => command(`node '${resolve("dist/cli.js")}' hook --data-dir "${dataDir}"`),
  },
  {
    name: "HTTP",
    mood: "up",
    settings: port =>
      each({
        type: "http",
        url: `http://127.0.0.1:${port}/v1/hooks`,
        timeout: 1,
        headers: { Authorization: "Bearer x" },
      }),
  },
];

async function measure(variants: Variant[], version: string, calls: number): Promise<Map<string, Outcome[]>> {
  const client = await install(version);
  const model = await startModel(calls);
  const outcomes = new Map(variants.map(({ name }) => [name, [] as Outcome[]]));
  // In turns, so that what else the machine does meets all of them alike.
  for (let round = 0; round < ROUNDS; round++)
    for (const variant of variants)
      outcomes.get(variant.name)?.push(await session({ ...variant, client, version, model: model.port }));
  model.close();
  return outcomes;
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

/** Types of lines of which there were more than ever without us. */
function linesAdded(runs: Outcome[], plain: Outcome[]): string {
  const most = (type: string, of: Outcome[]) => Math.max(...of.map(({ lines }) => lines[type] ?? 0));
  const types = new Set(runs.flatMap(({ lines }) => Object.keys(lines)));
  const added = [...types].map(type => [type, most(type, runs) - most(type, plain)] as const);
  return added.flatMap(([type, count]) => (count > 0 ? [`${count} ${type}`] : [])).join(", ") || "0";
}

function rowOf(runs: Outcome[], plain: Outcome[]) {
  const same = runs.every(
    ({ answer, code, errors }) => answer === plain[0]?.answer && code === 0 && errors === "",
  );
  const ms = median(runs.map(run => run.ms));
  return {
    "exit, answer, stderr": same
      ? "as ever"
      : runs.map(run => `${run.code} ${run.answer} ${run.errors}`).join("; "),
    "lines added": linesAdded(runs, plain),
    notes: median(runs.map(run => run.notes)),
    telemetry: median(runs.map(run => run.records)),
    "ms per session": Math.round(ms),
    more: Math.round(ms - median(plain.map(run => run.ms))),
    "process known": runs.every(run => run.known),
    restored: runs.every(run => run.restored),
  };
}

async function compareMoods(version: string): Promise<void> {
  const outcomes = await measure(VARIANTS, version, CALLS);
  const plain = outcomes.get("not connected") ?? [];
  console.log(`\nClaude Code ${version}: ${CALLS} tool calls, median of ${ROUNDS} sessions in turns`);
  console.table(Object.fromEntries([...outcomes].map(([name, runs]) => [name, rowOf(runs, plain)])));
}

/** Two hooks at each of so many calls, so that what one costs stands out. */
const MANY = 20;

async function compareHooks(version: string): Promise<void> {
  const outcomes = await measure(HOOKS, version, MANY);
  const plain = outcomes.get("none") ?? [];
  console.log(`\nWhat a hook costs, by ${2 * MANY} of them in a session of Claude Code ${version}`);
  const rows = [...outcomes].map(([name, runs]) => {
    const { more, "lines added": lines } = rowOf(runs, plain);
    const arrived = median(runs.map(run => run.notes + run.hooks));
    return [name, { "ms per hook": (more / (2 * MANY)).toFixed(1), arrived, "lines added": lines }];
  });
  console.table(Object.fromEntries(rows));
}

async function compareStores(versions: string[]): Promise<void> {
  const model = await startModel(CALLS);
  const rows = new Map<string, object>();
  for (const version of versions)
    rows.set(version, await compareStore(await install(version), model.port, CALLS));
  model.close();
  console.log("\nWhat a real recorder knows of a session");
  console.table(Object.fromEntries(rows));
}

async function main(versions: string[]): Promise<void> {
  for (const version of versions) await compareMoods(version);
  await compareHooks(versions[0] ?? "");
  await compareStores(versions);
}

void main(process.argv.length > 2 ? process.argv.slice(2) : VERSIONS);
