// `npm start`: VS Code with Agent Trace in it, showing the sessions of this machine.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { claudeFolders } from "../extension/base/claude-folders.ts";
import { unpackDemo } from "../extension/capture/demo.ts";
import { findTranscripts } from "../extension/capture/transcripts.ts";
import { desktopVersion, openDesktop } from "./desktop.ts";
import { runScript } from "./npm.mjs";
import type { Opening } from "./opening.ts";
import { openServed } from "./served.ts";
import { ExpectedError, main, step } from "./step.mjs";

const HELP = `npm start -- [options] [folder]

Opens a folder (this one by default) in VS Code with Agent Trace in it: in the
desktop VS Code when \`code\` is on the PATH, else in one from npm in the browser.

  --demo      show demo sessions, not those of this machine
  --browser   use the VS Code from npm although there is a desktop one
  --port N    the port of the VS Code in the browser; a free one by default
  --no-open   print the address only, open no browser
  --help      this text
`;

void main(async () => {
  const { values, positionals } = readArguments();
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const opening = await plan(values, positionals[0]);
  const desktop = values.browser ? undefined : desktopVersion();
  if (!desktop) return openServed(opening);
  await step("Building Agent Trace", () => runScript("build", opening.root));
  openDesktop(desktop, opening);
});

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        demo: { type: "boolean", default: false },
        browser: { type: "boolean", default: false },
        "no-open": { type: "boolean", default: false },
        port: { type: "string" },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new ExpectedError(`${error instanceof Error ? error.message : error}\n\n${HELP}`);
  }
}

type Values = ReturnType<typeof readArguments>["values"];

async function plan(values: Values, given: string | undefined): Promise<Opening> {
  const root = join(import.meta.dirname, "..");
  const folder = resolve(process.env.INIT_CWD ?? root, given ?? root);
  if (!existsSync(folder)) throw new ExpectedError(`There is no folder ${folder}.`);
  const demo = values.demo || !(await hasTranscripts());
  const state = join(root, ".vscode-test", demo ? "demo" : "start");
  const port = readPort(values.port);
  // Claude Code's own switch for its folder: with it the demo stands alone, whatever else is in the home.
  const env = demo ? { CLAUDE_CONFIG_DIR: await makeDemo(root, state, values.demo) } : {};
  return { root, folder, state, env, demo, open: !values["no-open"], ...(port ? { port } : {}) };
}

async function hasTranscripts(): Promise<boolean> {
  const found = await Promise.all(claudeFolders([]).map(findTranscripts));
  return found.flat().length > 0;
}

function makeDemo(root: string, state: string, wanted: boolean): Promise<string> {
  const title = wanted
    ? "Making demo sessions"
    : "No sessions of Claude Code on this machine: making demo sessions";
  return step(title, () => unpackDemo(join(root, "media/demo"), join(state, "claude")));
}

function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new ExpectedError(`--port wants a number from 1 to 65535, not ${text}.`);
}
