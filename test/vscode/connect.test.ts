import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { parse } from "jsonc-parser";
import { afterAll, beforeAll, expect, test } from "vitest";
import { unpackDemo } from "../../extension/capture/demo.ts";
import { type Editor, openVSCode } from "./editor.ts";
import { eventually } from "./eventually.ts";
import { createHome, type Home } from "./home.ts";
import { version, vsix } from "./version.ts";
import type { Window } from "./window.ts";

const MINE = '{\n  // mine\n  "model": "opus"\n}\n';

let home: Home;
let editor: Editor;
let window: Window;
let project: string;
let settings: string;

// One editor for the whole file: the tests follow each other as a person's steps do.
beforeAll(async () => {
  home = createHome();
  project = home.project("shop", { "total.ts": "export const total = 1;\n" });
  await unpackDemo("media/demo", home.claude);
  settings = join(home.claude, "settings.json");
  writeFileSync(settings, MINE);
  editor = await openVSCode({ version, home, vsix: vsix() });
  window = await editor.window(project);
  await window.openView("Agent Trace");
  await eventually(async () => expect((await window.rows("Sessions")).length).toBeGreaterThan(1));
});

afterAll(async () => {
  await editor?.[Symbol.asyncDispose]();
  await home?.[Symbol.asyncDispose]();
});

const offers = (label: string) => eventually(async () => expect(await window.picks()).toContain(label));
const says = (text: RegExp) =>
  eventually(
    async () => expect(await window.notifications()).toContainEqual(expect.stringMatching(text)),
    20_000,
  );
const written = () => readFileSync(settings, "utf8");

async function choose(...labels: string[]): Promise<void> {
  for (const label of labels) {
    await offers(label);
    await window.pick(label);
  }
}

test("Connect asks, shows the change as a diff, and writes nothing when that is not wanted", async () => {
  await window.run("Agent Trace: Connect Claude Code");
  await choose("Numbers only");
  await offers("Only shop");
  await window.screenshot("connect-scope");
  await choose("All my projects", "Telemetry and silent hooks");
  await offers("Write This Change");
  await eventually(async () =>
    expect((await window.editors()).join("\n")).toContain("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT"),
  );
  await window.screenshot("connect-diff");
  await window.pick("Leave It as It Is");
  expect(written()).toBe(MINE);
  await eventually(async () => expect(await window.tabs()).toEqual([]));
});

test("it writes what was shown, tries it, and says so", async () => {
  await window.run("Agent Trace: Connect Claude Code");
  await choose("Numbers only", "All my projects", "Telemetry and silent hooks", "Write This Change");
  await says(/Claude Code is connected: .*It was tried, and arrived\./);
  expect(written()).toMatch(/^\{\n {2}\/\/ mine\n {2}"model": "opus",\n/);
  expect(written()).toContain("hook.sh");
  await window.press("Show Status");
  await eventually(async () =>
    expect(await window.picks()).toContainEqual(
      expect.stringMatching(/^Connected in .*settings\.json: hooks/),
    ),
  );
  await window.screenshot("status");
  await window.page.keyboard.press("Escape");
});

test("that Claude Code asks for a permission rings in its row, and stops when it goes on", async () => {
  const hook = connectedHook();
  hook("SessionStart", { source: "startup" });
  hook("UserPromptSubmit", { prompt: "Go on" });
  const waits: number[] = [];
  for (const rings of [true, false, true, false, true, false, true, false, true, false]) {
    await setTimeout(300); // people are slower than that; VS Code puts together what changes in a row
    const start = Date.now();
    hook(rings ? "PermissionRequest" : "UserPromptSubmit", { prompt: "Go on", tool_name: "Bash" });
    waits.push((await shownAt(rings)) - start);
  }
  const [median, slowest] = [4, 9].map(at => waits.sort((a, b) => a - b)[at]);
  process.stdout.write(`from a hook's start to its row, of 10: median ${median} ms, slowest ${slowest} ms\n`);
});

/** Runs the hook as it stands in the settings, as Claude Code does. */
function connectedHook() {
  const { command } = parse(written()).hooks.SessionStart[0].hooks[0];
  return (hook_event_name: string, more: object) => {
    const input = JSON.stringify({ session_id: "a-session-of-hooks", hook_event_name, ...more });
    execFileSync("sh", ["-c", command], { input });
  };
}

/** When the row of that session rang, or no longer did. */
async function shownAt(rings: boolean): Promise<number> {
  const bell = ":has(.codicon-bell-dot)";
  const row = '.monaco-list-row:has-text("Session in an unknown folder")';
  await window.page.waitForSelector(row + (rings ? bell : `:not(${bell})`));
  return Date.now();
}

test("connecting again changes nothing", async () => {
  const before = written();
  await window.run("Agent Trace: Connect Claude Code");
  await choose("Numbers only", "All my projects", "Telemetry and silent hooks");
  await says(/connected already/);
  expect(written()).toBe(before);
});

test("one project alone can be connected, and all is taken back as it was", async () => {
  await window.run("Agent Trace: Connect Claude Code");
  await choose("Numbers only", "Only shop", "Silent hooks only", "Write This Change");
  const local = join(project, ".claude/settings.local.json");
  await eventually(async () => expect(existsSync(local)).toBe(true));
  await window.run("Agent Trace: Disconnect Claude Code");
  await choose("Write This Change", "Delete the File");
  await eventually(async () => expect([written(), existsSync(local)]).toEqual([MINE, false]));
});
