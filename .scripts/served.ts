import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { hermeticEnv } from "../test/vscode/home.ts";
import { installVSCode } from "../test/vscode/install.ts";
import { installVsix, startServer } from "../test/vscode/server.ts";
import { writeSettings } from "../test/vscode/settings.ts";
import { asked } from "./ending.ts";
import { runScript } from "./npm.mjs";
import type { Opening } from "./opening.ts";
import { step } from "./step.mjs";

// Left by a VS Code in whose terminal we may run; it would disturb this one.
const EDITOR = /^(VSCODE|ELECTRON|npm)_/;

/** Opens Agent Trace in the newest VS Code from npm, in the browser, until Ctrl+C. */
export async function openServed({
  root,
  folder,
  state,
  env: extra,
  demo,
  port,
  open,
}: Opening): Promise<void> {
  const install = await installVSCode("newest", step);
  await step("Packaging Agent Trace", () => runScript("package", root));
  const token = randomBytes(16).toString("hex"); // else any page in the browser could reach this VS Code
  const data = join(state, "server");
  const options = {
    install,
    data,
    token,
    grace: 60,
    env: { ...(demo ? demoEnv(state) : ownEnv()), ...extra },
    ...(port ? { port } : {}),
  };
  writeSettings(data, {});
  await step("Installing it in VS Code", () => installVsix(options, join(root, "out/agent-trace.vsix")));
  const server = await step("Starting VS Code", () => startServer(options));
  const stopped = Promise.race([asked(), server.ended]);
  const url = `${server.url}?folder=${encodeURIComponent(folder)}&tkn=${token}`;
  process.stdout.write(`\nAgent Trace is open at ${url}\nPress Ctrl+C to end it.\n`);
  if (open) openBrowser(url);
  const why = await stopped;
  await server.stop();
  process.stdout.write(why ? "\nEnded.\n" : "\nVS Code ended by itself.\n");
  process.exit(why ? 0 : 1);
}

function demoEnv(state: string): NodeJS.ProcessEnv {
  const home = join(state, "home");
  mkdirSync(home, { recursive: true });
  return hermeticEnv(home);
}

function ownEnv(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !EDITOR.test(name)));
}

function openBrowser(url: string): void {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (!DISPLAY && !WAYLAND_DISPLAY) return; // the server runs on Linux only: no screen without one of them
  const child = spawn("xdg-open", [url], { detached: true, stdio: "ignore" });
  child.once("error", () => process.stdout.write("No browser could be opened: open the address yourself.\n"));
  child.unref();
}
