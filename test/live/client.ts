import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";

/** How a session of the real client went. */
export interface Run {
  code: number;
  pid: number | undefined;
  /** What it answered, without what differs from run to run. */
  answer: string;
  errors: string;
  ms: number;
  /** How often each type of line is in its transcripts. */
  lines: Record<string, number>;
}

/** The command of a version of Claude Code, installed on first use. */
export async function install(version: string): Promise<string[]> {
  const folder = resolve(".vscode-test", "claude-code", version);
  const packages = join(folder, "node_modules", "@anthropic-ai");
  const native = join(packages, `claude-code-${process.platform}-${process.arch}`, "claude");
  const script = join(packages, "claude-code", "cli.js");
  if (!existsSync(native) && !existsSync(script)) {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "package.json"), '{"private":true}');
    await done(
      "npm",
      ["install", "--no-save", "--ignore-scripts", `@anthropic-ai/claude-code@${version}`],
      folder,
    );
  }
  return existsSync(native) ? [native] : [process.execPath, script];
}

async function done(command: string, args: string[], cwd: string): Promise<void> {
  const child = spawn(command, args, { cwd, stdio: ["ignore", "ignore", "inherit"] });
  const code = await new Promise(end => child.once("close", end));
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code}.`);
}

/** Runs one prompt in a home of its own, against the stand-in for the model. */
export async function runClient(
  [command = "", ...args]: string[],
  home: string,
  model: number,
): Promise<Run> {
  const cwd = join(home, "work");
  await mkdir(cwd, { recursive: true });
  const env = {
    ...{ PATH: process.env.PATH, HOME: home, CLAUDE_CONFIG_DIR: join(home, ".claude") },
    ...{ ANTHROPIC_BASE_URL: `http://127.0.0.1:${model}`, ANTHROPIC_API_KEY: "sk-ant-dummy" },
    ...{ CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1", DISABLE_AUTOUPDATER: "1", IS_SANDBOX: "1" },
  };
  const start = performance.now();
  const said = ["-p", "Say hello.", "--dangerously-skip-permissions", "--output-format", "json"];
  const child = spawn(command, [...args, ...said], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<number>(end => child.once("close", code => end(code ?? -1)));
  const [out, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  const ms = performance.now() - start;
  return {
    code,
    pid: child.pid,
    answer: answerIn(out),
    errors: errors.trim(),
    ms,
    lines: await linesIn(join(home, ".claude")),
  };
}

function answerIn(out: string): string {
  try {
    const { is_error, result, subtype, total_cost_usd } = JSON.parse(out);
    // Some clients add their costs in the order in which answers come.
    return JSON.stringify({ is_error, result, subtype, cost: Number(total_cost_usd).toFixed(9) });
  } catch {
    return `not JSON: ${out.slice(0, 200)}`;
  }
}

async function linesIn(claudeDir: string): Promise<Record<string, number>> {
  const names = await readdir(join(claudeDir, "projects"), { recursive: true }).catch(() => []);
  const lines: Record<string, number> = {};
  for (const name of names.filter(name => name.endsWith(".jsonl")))
    for (const line of (await readFile(join(claudeDir, "projects", name), "utf8")).trim().split("\n")) {
      const { type, subtype, attachment } = JSON.parse(line);
      const kind = [type, attachment?.type ?? subtype].filter(Boolean).join(" ");
      lines[kind] = (lines[kind] ?? 0) + 1;
    }
  return lines;
}
