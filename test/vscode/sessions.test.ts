import { appendFile } from "node:fs/promises";
import { basename } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { unpackDemo } from "../../extension/capture/demo.ts";
import { findTranscripts } from "../../extension/capture/transcripts.ts";
import { toolLine } from "../lines.ts";
import { type Editor, openVSCode } from "./editor.ts";
import { eventually } from "./eventually.ts";
import { createHome, type Home } from "./home.ts";
import { version, vsix } from "./version.ts";
import type { Window } from "./window.ts";

const FLAKY = "Fix the flaky checkout test";

let home: Home;
let editor: Editor;
let window: Window;
let folder: string;

// One editor for the whole file: the tests follow each other as a person's steps do.
beforeAll(async () => {
  home = createHome();
  folder = home.project("shop", { "total.ts": "export const total = 1;\n" });
  await unpackDemo("media/demo", home.claude);
  editor = await openVSCode({ version, home, vsix: vsix() });
  window = await editor.window(folder);
  await window.openView("Agent Trace");
});

afterAll(async () => {
  await editor?.[Symbol.asyncDispose]();
  await home?.[Symbol.asyncDispose]();
});

/** The rows of the Sessions view, as `label: description`. */
async function rows(of = window): Promise<string[]> {
  return (await of.rows("Sessions")).map(row => `${row.label}: ${row.description}`);
}

/** The live session's row; its time is that of its last line. */
const ADD_RATE_LIMITS = (steps: number) =>
  expect.stringMatching(new RegExp(`^Add rate limits: .* · ${steps} steps$`));

describe("the sessions that were there before", () => {
  test("stand in the tree at once, with nothing set up", async () => {
    await eventually(async () => expect(await rows()).toContainEqual(ADD_RATE_LIMITS(9)));
    const labels = async () =>
      (await window.rows("Sessions")).filter(row => row.level === 2).map(row => row.label);
    await eventually(async () => expect(await labels()).toHaveLength(7));
    expect((await labels()).slice(0, 2)).toEqual(["Add rate limits", FLAKY]);
  });

  test("open to their prompts, and these to their steps", async () => {
    await window.row(FLAKY).expand();
    await window.row("write the changelog entry").expand();
    await eventually(async () =>
      expect((await window.rows("Sessions")).filter(row => row.level === 4).map(row => row.label)).toEqual([
        "CHANGELOG.md",
        "CHANGELOG.md",
      ]),
    );
  });

  test("a click opens the replay beside the code, in every theme", async () => {
    await window.row(FLAKY).click();
    const page = await window.webview("h1");
    expect(await page.locator("h1").textContent()).toBe(FLAKY);
    expect(await page.locator(".chapter").count()).toBe(4);
    expect(await page.locator(".step.failed").count()).toBe(2);
    await window.screenshots("replay");
  });

  test("the replay's button opens the transcript", async () => {
    const page = await window.webview("h1");
    await page.getByText("Open Transcript").click();
    await eventually(async () =>
      expect(await window.tabs()).toContainEqual(expect.stringMatching(/\.jsonl$/)),
    );
    await window.run("View: Close All Editors");
  });

  test("the row's menu copies the session's id", async () => {
    await window.row(FLAKY).contextMenu("Copy Session ID");
    await eventually(async () => expect(await window.clipboard()).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/));
  });

  test("everything goes by keyboard", async () => {
    await window.row(FLAKY).collapse();
    await window.run("Agent Trace: Focus on Sessions View");
    await window.page.locator(".pane .monaco-list:focus").waitFor();
    await window.page.keyboard.press("Home");
    await window.page.keyboard.press("ArrowDown");
    await window.page.keyboard.press("Enter");
    const page = await window.webview("h1");
    expect(await page.locator("h1").textContent()).toBe("Add rate limits");
    await window.run("Agent Trace: Open Replay");
    await window.pick(FLAKY);
    await eventually(async () => expect(await window.tabs()).toEqual(["Add rate limits", FLAKY]));
  });

  test("nothing pops up over the user's work", async () => {
    expect(await window.notifications()).toEqual([]);
  });
});

describe("while Claude Code works", () => {
  /** Claude Code runs a command in the newest session. */
  async function work(id: string): Promise<void> {
    const transcripts = (await findTranscripts(home.claude)).filter(({ path }) => path.endsWith(".jsonl"));
    const [newest] = transcripts.sort((a, b) => b.modified - a.modified);
    const sessionId = basename(newest?.path ?? "", ".jsonl");
    const timestamp = new Date().toISOString();
    await appendFile(
      newest?.path ?? "",
      toolLine(id, "Bash", { command: "npm test" }, { sessionId, timestamp }),
    );
  }

  test("a line that is appended to a transcript changes its row, and its replay", async () => {
    await window.row("Add rate limits").click();
    await work("toolu_live_1");
    await eventually(async () => expect(await rows()).toContainEqual(ADD_RATE_LIMITS(10)));
    const page = await window.webview("h1");
    await eventually(async () => expect(await page.locator(".step").count()).toBe(10));
  });

  test("a reloaded window has its replays again", async () => {
    await window.reload();
    await window.openView("Agent Trace");
    const page = await window.webview("h1");
    expect(await page.locator("h1").textContent()).toBe("Add rate limits");
  });

  test("a second window shows the same, and goes on when the owner's host is killed", async () => {
    const second = await editor.window(home.project("other"));
    await second.openView("Agent Trace");
    await eventually(async () => expect(await rows(second)).toContainEqual(ADD_RATE_LIMITS(10)));
    await window.killExtensionHost();
    await work("toolu_live_2");
    await eventually(async () => expect(await rows(second)).toContainEqual(ADD_RATE_LIMITS(11)));
    await eventually(async () => expect(await rows()).toContainEqual(ADD_RATE_LIMITS(11)));
    await second.close();
  });
});
