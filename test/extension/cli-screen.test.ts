import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { answerLine, resultLine, titleLine, toolLine, userLine } from "../lines.ts";
import { scratch } from "../scratch.ts";
import { agentTrace, DEMO, openDemo } from "./agent-trace.ts";

// Processes take their time where all cores are busy.
vi.setConfig({ testTimeout: 30_000 });

const FLAKY = "9c60";

let it: Awaited<ReturnType<typeof openDemo>>;
const demo = (env?: NodeJS.ProcessEnv) => it.demo(env);

beforeAll(async () => {
  it = await openDemo();
});

afterAll(() => it?.[Symbol.asyncDispose]());

test("words of a transcript do nothing to the terminal", async () => {
  const evil = "\x1b[2J\x1b]0;owned\x07 cart \u202egpj";
  const lines = [
    titleLine(`Title ${evil}`) + userLine(`Prompt ${evil}`),
    toolLine("toolu_1", "Bash", { command: `echo ${evil}` }) + resultLine("toolu_1", false, {}, evil),
    answerLine(`Answer ${evil}`),
  ];
  await using folder = await scratch({ "claude/projects/p/a.jsonl": lines.join("") });
  const { start, run } = agentTrace(folder.path, folder.at("claude"));
  const server = start("serve");
  await once(server.stdout, "data");
  for (const args of [
    ["list"],
    ["replay"],
    ["inspect", "0"],
    ["search", "cart"],
    ["cost", "--by", "session"],
    ["stats"],
  ]) {
    const { code, out } = await run(...args);
    expect([args, code]).toEqual([args, 0]);
    expect(out).toMatch(/Title|Bash/);
    expect(out.match(/[^\P{Cc}\n]|\u202e/gu)).toBeNull();
  }
  server.kill("SIGTERM");
  await once(server, "exit");
});

test.each(["80", "120"])("help stays within %s columns", async columns => {
  const { run } = demo({ COLUMNS: columns });
  const helps = await Promise.all(["help", "export", "record", "alerts"].map(verb => run(verb, "--help")));
  const lines = helps.flatMap(({ out }) => out.slice(0, out.indexOf("Examples:")).split("\n"));
  expect(lines.filter(line => line.length > Number(columns))).toEqual([]);
  expect(lines.length).toBeGreaterThan(100);
});

test("who reads only the beginning is no error", async () => {
  const child = demo().start("inspect", FLAKY, "--json");
  child.stdout.once("data", () => child.stdout.destroy());
  const [err, [code]] = await Promise.all([text(child.stderr), once(child, "close")]);
  expect([code, err]).toEqual([0, ""]);
});

test.each([
  ["bash", ["-n"]],
  ["zsh", ["-n"]],
  ["fish", ["-n"]],
])("the completion of %s is understood by it, where it is there", async (shell, args) => {
  const { out, code } = await demo().run("completion", shell);
  expect([code, out]).toEqual([0, expect.stringContaining("replay")]);
  const { status, error } = spawnSync(shell, args, { input: out });
  if (!error) expect(status).toBe(0);
});

test("bash completes commands, options and their values", async () => {
  const { out } = await demo().run("completion", "bash");
  const complete = (...words: string[]) => {
    const last = words.at(-1) ?? "";
    const script = `${out}\nCOMP_WORDS=(agent-trace ${words.map(word => `'${word}'`).join(" ")})
COMP_CWORD=${words.length}; _agent_trace agent-trace '${last}' '${words.at(-2) ?? "agent-trace"}'; echo "\${COMPREPLY[*]}"`;
    return execFileSync("bash", ["-c", script], { encoding: "utf8" }).trim();
  };
  expect(complete("rep")).toBe("replay");
  expect(complete("record", "--n")).toBe("--name");
  expect(complete("replay", "--f")).toBe("--filter --follow");
  expect(complete("cost", "--by", "mo")).toBe("model");
  expect(complete("export", "-o", "package.j")).toBe("package.json");
});

// `script`, which makes a terminal, takes other options elsewhere.
test.runIf(process.platform === "linux")(
  "on a terminal it colours, unless asked not to, and long answers go through the pager",
  async () => {
    const command = `'${process.execPath}' dist/cli.js replay ${FLAKY} --claude-dir '${DEMO}'`;
    const onTerminal = (pager: string, more: NodeJS.ProcessEnv = {}) =>
      spawnSync("script", ["-qec", `stty cols 80 rows 20; ${command}`, "/dev/null"], {
        env: { PATH: process.env.PATH, HOME: it.home, TZ: "UTC", TERM: "xterm", PAGER: pager, ...more },
        encoding: "utf8",
      }).stdout;
    const colored = onTerminal("cat");
    expect(colored).toContain("\x1b[34mRead");
    expect(onTerminal("cat", { NO_COLOR: "1" })).not.toContain("\x1b[");
    expect(onTerminal("head -n 1")).toMatch(/^\S*Fix the flaky checkout test\S*\r\n$/);
    expect(onTerminal("no-such-pager")).toContain("Fix the flaky checkout test");
  },
);
