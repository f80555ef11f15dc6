import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { unpackDemo } from "../../extension/capture/demo.ts";
import { smallSession } from "../lines.ts";
import { type Editor, type EditorOptions, openVSCode } from "./editor.ts";
import { eventually } from "./eventually.ts";
import { createHome, type Home } from "./home.ts";
import { version, vsix } from "./version.ts";
import type { Window } from "./window.ts";

const ID = "agent-trace.agent-trace";

let home: Home;
let editor: Editor | undefined;

beforeEach(() => {
  home = createHome();
});

afterEach(async () => {
  await editor?.[Symbol.asyncDispose]();
  editor = undefined;
  await home[Symbol.asyncDispose]();
});

/** Opens VS Code with Agent Trace in front. */
async function open(options: Partial<EditorOptions> = {}): Promise<Window> {
  editor = await openVSCode({ version, home, vsix: vsix(), ...options });
  return window(editor);
}

async function window(editor: Editor): Promise<Window> {
  const window = await editor.window(home.project("shop"));
  await window.openView("Agent Trace");
  return window;
}

/** Waits until the view has a row of that label. */
function row(window: Window, label: string | RegExp, timeout?: number): Promise<void> {
  return eventually(async () => {
    const labels = (await window.rows("Sessions")).map(row => row.label);
    expect(labels).toContainEqual(label instanceof RegExp ? expect.stringMatching(label) : label);
  }, timeout);
}

describe("no Claude Code on this machine", () => {
  test("a kind text with what to do; the demo comes and goes; the first session appears by itself", async () => {
    const window = await open();
    await eventually(async () =>
      expect(await window.viewText("Sessions")).toContain("No sessions of Claude Code"),
    );
    await window.screenshots("welcome", ["dark", "light"]);

    await window.viewButton("Connect Claude Code").click();
    await eventually(async () => expect(await window.picks()).toContain("Numbers only"));
    await window.page.keyboard.press("Escape");

    await window.viewButton("See a Demo Session").click();
    await row(window, "Fix the flaky checkout test");
    await eventually(async () =>
      expect(await window.viewText("Sessions")).toContain("These sessions are invented."),
    );
    await window.screenshot("demo");
    await window.run("Agent Trace: Undo…");
    await window.pick("Fix the flaky checkout test");
    await eventually(async () =>
      expect(await window.notifications()).toEqual([expect.stringContaining("files are invented")]),
    );
    await window.run("Notifications: Clear All Notifications");
    await window.viewAction("Sessions", "Close the Demo").click();
    await eventually(async () =>
      expect(await window.viewText("Sessions")).toContain("No sessions of Claude Code"),
    );

    home.transcript(home.project("shop"), "00000000-0000-4000-8000-000000000001", [smallSession().trimEnd()]);
    await row(window, "Fix the total");
    expect(await window.notifications()).toEqual([]);
  });
});

describe("with sessions", () => {
  beforeEach(() => unpackDemo("media/demo", home.claude));

  test("a folder that can't be read is named in a row, and the others are read", async () => {
    const bad = join(home.path, "backup");
    mkdirSync(bad);
    writeFileSync(join(bad, "projects"), "a file where the folder should be");
    const window = await open({ settings: { "agentTrace.claudeFolders": [bad] } });
    await row(window, "Cannot read backup");
    await row(window, "Add rate limits");
    await window.screenshot("unreadable");
    await window.row("Cannot read backup").click();
    await eventually(async () =>
      expect(await window.picks()).toEqual(expect.arrayContaining(["~/.claude", "~/backup"])),
    );
  });

  test("a port that a stranger holds is passed over", async () => {
    const stranger = createServer(socket => socket.end("HTTP/1.1 200 OK\r\n\r\nhello"));
    await new Promise<void>(resolve => stranger.listen(0, "127.0.0.1", resolve));
    const { port } = stranger.address() as AddressInfo;
    try {
      const window = await open({ settings: { "agentTrace.port": port } });
      await row(window, "Add rate limits");
      const joined = /joined the recorder on port (\d+)/.exec(editor?.log(ID) ?? "")?.[1];
      expect(Number(joined)).toBeGreaterThan(0);
      expect(Number(joined)).not.toBe(port);
    } finally {
      stranger.close();
    }
  });

  test("a storage folder that can't be written is told, and the sessions are there all the same", async () => {
    editor = await openVSCode({ version, home, vsix: vsix() });
    const storage = editor.storage(ID);
    rmSync(storage, { recursive: true, force: true });
    mkdirSync(dirname(storage), { recursive: true });
    writeFileSync(storage, "a file where the folder should be");
    const shop = await window(editor);
    await row(shop, "Nothing can be saved");
    await row(shop, "Add rate limits");
    await shop.screenshot("unsaved");
  });

  test("an untrusted workspace shows them too", async () => {
    const window = await open({ trust: false });
    await row(window, "Add rate limits");
  });

  test("VS Code killed in the middle starts again as if nothing was", async () => {
    await open();
    await editor?.kill();
    await editor?.restart();
    const again = await window(editor as Editor);
    await row(again, "Add rate limits");
    expect((await again.rows("Sessions")).filter(row => row.icon === "warning")).toEqual([]);
  });
});
