import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { launchBrowser } from "../vscode/browser.ts";
import { eventually } from "../vscode/eventually.ts";
import { throwAwayFolder } from "../vscode/folder.ts";
import { createHome, hermeticEnv } from "../vscode/home.ts";
import { Window } from "../vscode/window.ts";

const root = join(import.meta.dirname, "../..");

test("a stranger clones, runs npm start in an empty home, and has the demo sessions in the tree", async () => {
  await using home = createHome();
  await using folder = throwAwayFolder("clone");
  const clone = join(folder.path, "agent-trace");
  const env = hermeticEnv(home.path);
  execFileSync("git", ["clone", "--quiet", root, clone], { env });

  const npm = spawn("npm", ["start", "--", "--no-open", "--demo"], { cwd: clone, env, detached: true });
  const browser = await launchBrowser(env);
  try {
    const said: string[] = [];
    const ended = once(npm, "exit").then(() => Promise.reject(new Error(`It ended:\n${said.join("\n")}`)));
    npm.stderr.on("data", text => said.push(String(text)));
    const opened = (async () => {
      for await (const line of createInterface(npm.stdout)) {
        said.push(line);
        const url = /^Agent Trace is open at (\S+)/.exec(line)?.[1];
        if (url) return url;
      }
      return ended;
    })();
    const url = await Promise.race([opened, ended]);
    ended.catch(() => {}); // from here on it may end
    console.log(said.join("\n"));

    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    const window = new Window({ version: "newest", page, findHost: async () => 1, onClose: async () => {} });
    await window.open(url);
    await window.openView("Agent Trace");
    await eventually(async () =>
      expect((await window.rows("Sessions")).map(row => row.label)).toContain("Fix the flaky checkout test"),
    );
    await window.screenshot("start-demo");
  } finally {
    await browser.close();
    if (npm.pid && npm.exitCode === null) {
      process.kill(-npm.pid, "SIGTERM");
      await once(npm, "exit");
    }
  }
}, 600_000);
