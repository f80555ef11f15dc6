import { execFile } from "node:child_process";
import { mkdir, stat, symlink } from "node:fs/promises";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { expect, test, vi } from "vitest";
import { forWindows, writeLauncher } from "../../../extension/base/launcher.ts";
import { smallSession } from "../../lines.ts";
import { scratch } from "../../scratch.ts";
import { openOwner } from "../open-owner.ts";

// The command is a process, which takes its time where all cores are busy.
vi.setConfig({ testTimeout: 30_000 });

async function launcherIn(home: string, dataDir: string, port = 0) {
  const folder = `${home}/it's in $HOME/bin`;
  const cli = resolve("dist/cli.js");
  // What an editor is called, need not be easy to quote.
  const node = `${home}/VS Code's "node"`;
  await symlink(process.execPath, node).catch(() => {});
  await writeLauncher(folder, { node, cli, dataDir, port });
  return (args: string[], env: NodeJS.ProcessEnv = {}) =>
    promisify(execFile)(`${folder}/agent-trace`, args, { env: { HOME: home, PATH: "", ...env } });
}

test("with nothing on the PATH it joins the recorder of the editor, and shows what that shows", async () => {
  await using home = await scratch({ ".claude/projects/p/a.jsonl": smallSession("Theirs") });
  await using editor = openOwner(home.path);
  await editor.ready();
  const run = await launcherIn(home.path, home.at("data"));
  expect((await run(["list"])).stdout).toContain("Theirs");
  expect(
    (await run(["list", "--data-dir", home.at("other"), "--claude-dir", home.at("none")])).stdout,
  ).toContain("There are no sessions");
});

test.each([
  ["what the editor has", {}, /:8400/, "editor"],
  ["what the user says", { AGENT_TRACE_DATA_DIR: "user", AGENT_TRACE_PORT: "8500" }, /:8500/, "user"],
])("without a recorder it goes by %s", async (_, env, port, folder) => {
  await using home = await scratch();
  await mkdir(home.at(folder));
  const run = await launcherIn(home.path, home.at("editor"), 8400);
  const said = "AGENT_TRACE_DATA_DIR" in env ? { ...env, AGENT_TRACE_DATA_DIR: home.at(folder) } : env;
  const { stdout } = await run(["init", "--dry-run", "--yes"], said);
  expect(stdout).toMatch(port);
  expect(stdout).toContain(home.at(folder));
});

test("what was typed arrives word by word, and how it ended comes back", async () => {
  await using home = await scratch();
  const run = await launcherIn(home.path, home.at("data"));
  await expect(run(["l i s t"])).rejects.toMatchObject({
    ...{ code: 2, stderr: expect.stringContaining("There is no command l i s t.") },
  });
});

test("written again it is the same file, unless it says something else", async () => {
  await using home = await scratch();
  const at = async (port: number) => {
    await launcherIn(home.path, home.at("data"), port);
    return (await stat(home.at("it's in $HOME", "bin", "agent-trace"))).ino;
  };
  const [first, same, other] = [await at(1), await at(1), await at(2)];
  expect([same === first, other === first]).toEqual([true, false]);
});

test("on Windows names of users and per cents in paths stay what they are", () => {
  const home = "C:\\Users\\Zoë";
  const launch = {
    node: "D:\\100%\\Code.exe",
    cli: `${home}\\.vscode\\extensions\\agent-trace\\dist\\cli.js`,
    dataDir: `${home}\\AppData\\data`,
    port: 8317,
  };
  expect(forWindows(launch, home).split("\r\n")).toEqual([
    "@echo off",
    "setlocal",
    'if not defined AGENT_TRACE_DATA_DIR set "AGENT_TRACE_DATA_DIR=%USERPROFILE%\\AppData\\data"',
    'if not defined AGENT_TRACE_PORT set "AGENT_TRACE_PORT=8317"',
    "set ELECTRON_RUN_AS_NODE=1",
    '"D:\\100%%\\Code.exe" "%USERPROFILE%\\.vscode\\extensions\\agent-trace\\dist\\cli.js" %*',
    "",
  ]);
});
