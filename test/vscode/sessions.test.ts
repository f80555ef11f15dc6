import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { unpackDemo } from "../../extension/capture/demo.ts";
import { assistantLine, toolLine, userLine } from "../lines.ts";
import { type Editor, openVSCode } from "./editor.ts";
import { eventually } from "./eventually.ts";
import { createHome, type Home } from "./home.ts";
import { version, vsix } from "./version.ts";
import type { Window } from "./window.ts";
import { workOn } from "./work-on.ts";

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

/** The labels of the rows at a level of the Sessions view. */
async function labels(level: number, of = window): Promise<string[]> {
  return (await of.rows("Sessions")).filter(row => row.level === level).map(row => row.label);
}

describe("the sessions that were there before", () => {
  test("stand in the tree at once, with nothing set up", async () => {
    await eventually(async () => expect(await labels(2)).toHaveLength(7));
    expect((await labels(2)).slice(0, 2)).toEqual(["Add rate limits", FLAKY]);
    expect(await rows()).toContainEqual(
      expect.stringMatching(/^Fix the flaky checkout test: \$[\d.]+ · \d+ min · \+\d+ −\d+ · 2 commits$/),
    );
    await window.screenshots("sessions");
  });

  test("open to their prompts, and these to their steps", async () => {
    await window.row(FLAKY).expand();
    await window.row("write the changelog entry").expand();
    await eventually(async () =>
      expect(await labels(4)).toEqual([
        "CHANGELOG.md",
        "CHANGELOG.md",
        "Two lines under “Unreleased”. I did not commit them.",
      ]),
    );
  });

  test("the tooltip tells the whole story", async () => {
    const tooltip = await window.row(FLAKY).tooltip();
    for (const word of ["State", "Done", "Cost", "Tokens", "from the cache", "checkout-api", "Claude Code"])
      expect(tooltip).toContain(word);
    await window.screenshot("tooltip");
  });

  test("a narrow side bar still tells what a row is", async () => {
    await window.narrow(250);
    await window.screenshot("narrow");
    expect((await rows())[1]).toMatch(/^Add rate limits: /);
  });

  test("a filter leaves some of them, and is remembered until it is taken away", async () => {
    await window.viewAction("Sessions", "Filter Sessions").click();
    await window.enter("tool:bash since:30d flaky");
    await eventually(async () => expect(await labels(2)).toEqual([FLAKY]));
    await eventually(async () =>
      expect(await window.viewText("Sessions")).toBe("Filtered: tool:bash since:30d flaky"),
    );
    await window.viewAction("Sessions", "Filter Sessions").click();
    await window.enter("nobody ever said this");
    await eventually(async () => expect(await window.viewText("Sessions")).toContain("no such sessions"));
    await window.viewButton("Show All Sessions").click();
    await eventually(async () => expect(await labels(2)).toHaveLength(7));
  });

  test("they are grouped as one likes", async () => {
    await window.run("Agent Trace: Group and Sort Sessions…");
    await window.pick("Project");
    await window.pick("The most expensive");
    await window.page.keyboard.press("Escape");
    await eventually(async () =>
      expect((await labels(1)).sort()).toEqual(["atlas-docs", "checkout-api", "ingest"]),
    );
    await window.screenshot("by-project");
    await window.run("Agent Trace: Group and Sort Sessions…");
    await window.pick("Day");
    await window.pick("The last one at work");
    await window.page.keyboard.press("Escape");
    await eventually(async () => expect((await labels(1))[0]).toBe("Today"));
    await eventually(async () => expect((await labels(2))[0]).toBe("Add rate limits"));
  });

  test("a click opens the replay beside the code, in every theme", async () => {
    await window.row(FLAKY).click();
    const page = await window.webview("h1");
    expect(await page.locator("h1").textContent()).toBe(FLAKY);
    expect(await page.locator("nav li").count()).toBe(4);
    expect(await page.locator(".figures").first().textContent()).toContain("2 errors");
    await page.locator(".output .ansi-red").first().waitFor();
    await window.screenshots("replay");
  });

  test("the editor follows the replay to what a step changed, and the replay keeps the keyboard", async () => {
    const page = await window.webview("h1");
    const follow = page.getByRole("button", { name: "Follow in editor" });
    await follow.click();
    await page.locator(".scroller").press("d");
    await eventually(async () =>
      expect(await window.tabs()).toContainEqual(expect.stringContaining("checkout.ts (before")),
    );
    await window.screenshot("follow");
    await window.page.keyboard.press("j");
    await eventually(async () =>
      expect(await page.locator(".row.current").textContent()).toContain("vitest"),
    );
    await follow.click();
  });

  test("the replay's button opens the transcript", async () => {
    const page = await window.webview("h1");
    await page.getByRole("button", { name: "Open transcript" }).first().click();
    await eventually(async () =>
      expect(await window.tabs()).toContainEqual(expect.stringMatching(/\.jsonl$/)),
    );
    await window.run("View: Close All Editors");
  });

  test("the row's menu copies the session's id", async () => {
    await window.row(FLAKY).contextMenu("Copy Session ID");
    await eventually(async () => expect(await window.clipboard()).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/));
  });

  test("and compares it with another, which opens again after a reload", async () => {
    await window.row(FLAKY).contextMenu("Compare with…");
    await window.pick("Port the importer to streams");
    const page = await window.webview("main.compare");
    expect(await page.locator("h1").textContent()).toBe("Two sessions");
    await page.getByRole("rowheader", { name: "Cost" }).first().waitFor();
    await window.screenshot("compare");
    await window.reload();
    await (await window.webview("main.compare")).getByRole("rowheader", { name: "Cost" }).first().waitFor();
    await window.run("View: Close All Editors");
    await window.openView("Agent Trace");
  });

  test("two selected rows are compared at once, and deleted together", async () => {
    await window.row(FLAKY).click();
    await window.row("Port the importer to streams").add();
    await window.row(FLAKY).contextMenu("Compare Selected");
    await (await window.webview("main.compare")).getByRole("rowheader", { name: "Cost" }).first().waitFor();
    await window.focusView("Sessions");
    await window.page.keyboard.press("Delete");
    await eventually(async () => expect(await window.dialog()).toContain("Delete 2 sessions"));
    await window.press("Cancel");
    await window.run("View: Close All Editors");
  });

  test("everything goes by keyboard", async () => {
    await window.row(FLAKY).collapse();
    await window.focusView("Sessions");
    await window.page.keyboard.press("Home");
    await window.page.keyboard.press("ArrowDown");
    await window.page.keyboard.press("Enter");
    const page = await window.webview("h1");
    expect(await page.locator("h1").textContent()).toBe("Add rate limits");
    await window.focusView("Sessions");
    await window.page.keyboard.press("ArrowDown");
    await window.page.keyboard.press("Delete");
    await eventually(async () => expect(await window.dialog()).toContain(`Delete “${FLAKY}”`));
    await window.press("Cancel");
    await window.run("Agent Trace: Open Replay");
    await window.pick(FLAKY);
    await eventually(async () => expect(await window.tabs()).toEqual(["Add rate limits", FLAKY]));
  });

  test("a search goes on while one types, and lands on the very step", async () => {
    await window.run("Agent Trace: Search Sessions…");
    await window.type("submitted twice");
    await eventually(async () => expect((await window.picks()).join("\n")).toMatch(/submitted twice/i));
    await window.type("changelog entry");
    await eventually(async () => expect(await window.picks()).toContain("write the changelog entry"));
    await window.screenshot("search");
    await window.pick("write the changelog entry");
    const page = await window.webview("h1");
    expect(await page.locator("h1").textContent()).toBe(FLAKY);
    await eventually(async () =>
      expect(await page.locator(".current .text").textContent()).toBe("write the changelog entry"),
    );
    await window.run("View: Close All Editors");
  });

  test("nothing pops up over the user's work", async () => {
    expect(await window.notifications()).toEqual([]);
  });
});

describe("while Claude Code works", () => {
  test("a line that is appended to a transcript changes its row, and its replay", async () => {
    await window.row("Add rate limits").click();
    await window.row("Add rate limits").expand();
    await window.row(/^no middleware stack/).expand();
    await workOn(home, "live 1");
    await eventually(async () => expect(await rows()).toContainEqual("live 1: Bash"));
    const page = await window.webview("h1");
    await eventually(async () => {
      await page.locator(".scroller").press("End");
      expect(await page.locator(".row.current").textContent()).toContain("live 1");
    });
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
    await second.row("Add rate limits").expand();
    await second.row(/^no middleware stack/).expand();
    await eventually(async () => expect(await rows(second)).toContainEqual("live 1: Bash"));
    await window.killExtensionHost();
    await workOn(home, "live 2");
    await eventually(async () => expect(await rows(second)).toContainEqual("live 2: Bash"));
    await window.row("Add rate limits").expand();
    await window.row(/^no middleware stack/).expand();
    await eventually(async () => expect(await rows()).toContainEqual("live 2: Bash"));
    await second.close();
  });

  test("the status bar tells what the agent in this workspace does, and opens it", async () => {
    const timestamp = new Date().toISOString();
    const more = { sessionId: "5e551011-0000-4000-8000-00000000000a", cwd: folder, timestamp };
    home.transcript(folder, more.sessionId, [
      userLine("Make the total right $(bug)", more).trim(),
      toolLine("toolu_here", "Bash", { command: "npm test" }, more).trim(),
    ]);
    const item = window.statusItem("agent-trace.agent-trace.session");
    await eventually(async () => expect(await item.text()).toContain("At work"));
    await window.screenshot("status-bar");
    await item.click();
    await eventually(async () => {
      const page = await window.webview("h1"); // that of another replay may be just going
      expect(await page.locator("h1").textContent()).toBe("Make the total right $(bug)");
    });
    await window.row("Make the total right $(bug)").contextMenu("Copy Resume Command");
    await eventually(async () => expect(await window.clipboard()).toBe(`claude --resume ${more.sessionId}`));
  });

  test("that an agent here ended with an error is told, until nobody wants to hear of it", async () => {
    const more = { sessionId: "5e551011-0000-4000-8000-00000000000b", cwd: folder };
    const at = (ago: number) => ({ timestamp: new Date(Date.now() - ago).toISOString(), ...more });
    const failed = { model: "<synthetic>", content: [{ type: "text", text: "API Error: 500" }] };
    home.transcript(folder, more.sessionId, [
      userLine("Break it", at(1000)).trim(),
      assistantLine(failed, { ...at(0), isApiErrorMessage: true, apiErrorStatus: 500 }).trim(),
    ]);
    await eventually(async () =>
      expect(await window.notifications()).toEqual(["Claude Code ended with an error in “Break it”."]),
    );
    await window.screenshot("notification");
    await window.press("Don't Show Again");
    await eventually(async () => expect(await window.notifications()).toEqual([]));
  });

  test("of hundreds there is a page, and then another", async () => {
    for (let i = 0; i < 210; i++) {
      const sessionId = `00000${1000 + i}-0000-4000-8000-00000000000c`;
      home.transcript(folder, sessionId, [userLine(`Number ${i}`, { sessionId, cwd: folder }).trim()]);
    }
    const last = async () => {
      await window.focusView("Sessions");
      await window.page.keyboard.press("End");
      return (await window.rows("Sessions")).at(-1)?.label;
    };
    await eventually(async () => expect(await last()).toBe("Load More Sessions"), 60_000);
    await window.row("Load More Sessions").click();
    await eventually(async () => expect(await last()).toMatch(/^Rename Basket to Cart|^Number/), 60_000);
  });
});
