// `npm test`: everything that can fail, in order; `npm test -- unit package` runs only those parts.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { installVSCode, type Version } from "../test/vscode/install.ts";
import { asked } from "./ending.ts";
import { PARTS, type Part, root, vsix } from "./parts.ts";
import { ExpectedError, main, seconds, step } from "./step.mjs";
import { judge, notRun, type Verdict } from "./verdict.ts";

interface Line extends Verdict {
  name: string;
  ms: number;
}

let running: ChildProcess | undefined;

void main(async () => {
  const parts = chooseParts(process.argv.slice(2));
  rmSync(join(root, "out/test"), { recursive: true, force: true });
  mkdirSync(join(root, "out/test"), { recursive: true });
  if (parts.some(part => part.name === "package")) rmSync(vsix, { force: true });
  if (parts.some(part => part.vscode))
    rmSync(join(root, "test/vscode/shots"), { recursive: true, force: true });
  void asked().then(stop);
  const installs = installAhead(parts);
  const lines: Line[] = [];
  for (const part of parts) {
    process.stdout.write(`\n── ${part.name} ${"─".repeat(70 - part.name.length)}\n`);
    const start = Date.now();
    const verdict = await run(part, installs);
    lines.push({ name: part.name, ms: Date.now() - start, ...verdict });
  }
  report(lines);
  process.exit(process.exitCode); // an install which nobody waited for may still be under way
});

function chooseParts(names: string[]): Part[] {
  const unknown = names.find(name => !PARTS.some(part => part.name === name));
  const known = PARTS.map(part => part.name).join(", ");
  if (unknown) throw new ExpectedError(`There is no part ${unknown}. The parts are: ${known}.`);
  return PARTS.filter(part => names.length === 0 || names.includes(part.name));
}

type Installs = Map<Version, Promise<string | undefined>>;

/** Starts to install what will be needed, one after the other, and answers what went wrong with each. */
function installAhead(parts: Part[]): Installs {
  const installs: Installs = new Map();
  let previous: Promise<unknown> = Promise.resolve();
  for (const version of new Set(parts.flatMap(part => part.vscode ?? []))) {
    const install = previous
      .then(() => installVSCode(version))
      .then(
        () => undefined,
        error => String(error instanceof Error ? error.message : error),
      );
    installs.set(version, install);
    previous = install;
  }
  return installs;
}

async function run(part: Part, installs: Installs): Promise<Verdict> {
  if (part.vscode) {
    const failure = await ready(installs.get(part.vscode));
    if (failure) return notRun(failure);
  }
  const code = await execute(part);
  if (!part.read || !part.results) return judge(code, undefined);
  const results = part.read(part.results);
  return results ? judge(code, results) : notRun(`it gave no results and ended with code ${code}`);
}

async function ready(install: Promise<string | undefined> | undefined): Promise<string | undefined> {
  if (!existsSync(vsix)) return "there is no out/agent-trace.vsix; `npm run package` makes it";
  const waiting = Promise.resolve(install);
  const soon = new Promise<"late">(resolve => setTimeout(() => resolve("late"), 100));
  if ((await Promise.race([waiting, soon])) === "late") await step("Installing VS Code", () => waiting);
  return waiting;
}

/** Runs the command of a part in a process group of its own, which can be ended as a whole. */
function execute({ command: [program = "", ...args], env }: Part): Promise<number> {
  const windows = process.platform === "win32";
  return new Promise((resolve, reject) => {
    running = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "inherit", "inherit"],
      shell: windows && program === "npm",
      detached: !windows,
    });
    running.once("error", reject);
    running.once("close", code => resolve(code ?? 1));
  });
}

function stop(): void {
  if (running?.pid && running.exitCode === null) process.kill(-running.pid, "SIGTERM");
  process.stdout.write("\nEnded before all tests had run.\n");
  process.exit(130);
}

function report(lines: Line[]): void {
  const row = (cells: string[]) =>
    cells.map((cell, at) => (at === 0 ? cell.padEnd(16) : cell.padStart(8))).join("");
  const sum = (of: "passed" | "failed" | "ms") => lines.reduce((total, line) => total + line[of], 0);
  const table = lines.map(line => row([line.name, `${line.passed}`, `${line.failed}`, seconds(line.ms)]));
  const total = row(["in all", `${sum("passed")}`, `${sum("failed")}`, seconds(sum("ms"))]);
  process.stdout.write(`\n${[row(["part", "passed", "failed", "time"]), ...table, total].join("\n")}\n\n`);
  // Below the table: of a long log people are often given the end alone.
  for (const line of lines)
    for (const reason of line.reasons) process.stdout.write(`${line.name}: ${reason}\n\n`);
  process.stdout.write(`${sum("passed")} passed, ${sum("failed")} failed\n`);
  process.exitCode = sum("failed") === 0 ? 0 : 1;
}
