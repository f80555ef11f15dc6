import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { unpackDemo } from "../../extension/capture/demo.ts";
import { findTranscripts } from "../../extension/capture/transcripts.ts";
import { type Editor, openVSCode } from "./editor.ts";
import { eventually } from "./eventually.ts";
import { createHome, type Home } from "./home.ts";
import { version, vsix } from "./version.ts";
import type { Window } from "./window.ts";

const ID = "agent-trace.agent-trace";
const RATE_LIMITS = "Add rate limits";
const WEBHOOKS = "Document webhook retries";

let home: Home;
let editor: Editor;
let window: Window;

// One editor for the whole file: the tests follow each other as a person's steps do.
beforeAll(async () => {
  home = createHome();
  await unpackDemo("media/demo", home.claude);
  editor = await openVSCode({ version, home, vsix: vsix() });
  await look();
  await eventually(async () => expect(await sessionRows()).toHaveLength(7));
});

afterAll(async () => {
  await editor?.[Symbol.asyncDispose]();
  await home?.[Symbol.asyncDispose]();
});

async function look(): Promise<void> {
  window = await editor.window(home.project("shop"));
  await window.openView("Agent Trace");
}

const sessionRows = async () => (await window.rows("Sessions")).filter(row => row.level === 2);
const labels = async () => (await window.rows("Sessions")).map(row => row.label);
const shows = (label: string) => eventually(async () => expect(await labels()).toContain(label));
const hides = (label: string) => eventually(async () => expect(await labels()).not.toContain(label));
const says = (text: RegExp) =>
  eventually(async () => expect(await window.notifications()).toContainEqual(expect.stringMatching(text)));

const store = () => join(editor.storage(ID), "store.db");

test("the store is backed up to where the user says", async () => {
  await window.run("Agent Trace: Back Up Store…");
  const backup = join(home.path, "backup.db");
  const path = window.page.locator(".quick-input-widget input.input").first();
  await eventually(async () => expect(await path.inputValue()).toMatch(/agent-trace-[\d-]+\.db$/));
  await window.enter(backup);
  await says(/The store was backed up to .*backup\.db/);
  await window.screenshot("backed-up");
  expect(readFileSync(backup, "latin1")).toContain("toolu_");
});

test("the store is compacted, and the user hears how small it is now", async () => {
  await window.run("Agent Trace: Compact Store");
  await says(/The store takes .* [kM]B now; it was .* [kM]B\./);
});

test("all data is deleted after a question, nothing is read, and then it is on request", async () => {
  await window.run("Agent Trace: Delete All Data…");
  await eventually(async () => expect(await window.dialog()).toContain("Delete all data of Agent Trace?"));
  await window.screenshot("delete-all");
  await window.press("Delete All");
  await eventually(async () =>
    expect(await window.viewText("Sessions")).toContain("All data of Agent Trace was deleted"),
  );
  await window.screenshots("erased", ["dark", "light"]);
  await window.reload();
  await window.openView("Agent Trace");
  await eventually(async () =>
    expect(await window.viewText("Sessions")).toContain("All data of Agent Trace was deleted"),
  );
  await window.viewButton("Read Sessions Again").click();
  await shows(RATE_LIMITS);
});

test("a damaged store is told of in a row, and the sessions are there again", async () => {
  await editor.kill();
  rmSync(`${store()}-wal`, { force: true }); // it would set right much of what is damaged below
  const file = await open(store(), "r+");
  await file.write(Buffer.alloc(6000, 0xaa), 0, 6000, 200);
  await file.close();
  await editor.restart();
  await look();
  await shows("The store was damaged");
  await shows(RATE_LIMITS);
  await window.screenshots("damaged", ["dark", "light"]);
  expect(readdirSync(editor.storage(ID)).some(name => name.startsWith("store.db.damaged-"))).toBe(true);
});

test("a session is deleted from its row, after a question; its transcript stays", async () => {
  const transcripts = (await findTranscripts(home.claude)).length;
  await window.row(WEBHOOKS).contextMenu("Delete Session…");
  await eventually(async () => expect(await window.dialog()).toContain("Delete “Document webhook retries”?"));
  expect(await window.dialog()).toContain("Claude Code's own transcript stays where it is.");
  await window.screenshot("delete-session");
  await window.press("Cancel");
  expect(await labels()).toContain(WEBHOOKS);
  await window.row(WEBHOOKS).contextMenu("Delete Session…");
  await window.press("Delete");
  await hides(WEBHOOKS);
  expect(await findTranscripts(home.claude)).toHaveLength(transcripts);
  await window.run("Agent Trace: Refresh Sessions");
  await hides(WEBHOOKS);
});

test("all sessions of a project are deleted by picking them", async () => {
  const before = await labels();
  await window.run("Agent Trace: Delete Session…");
  await eventually(async () => expect(await window.picks()).toContain(RATE_LIMITS));
  await window.page.keyboard.type("checkout-api");
  await window.page.locator('.quick-input-header [aria-label="Toggle all checkboxes"]').click();
  await window.screenshot("delete-sessions-pick");
  await window.page.keyboard.press("Enter");
  await eventually(async () => expect(await window.dialog()).toMatch(/Delete \d sessions\?/));
  await window.press("Delete");
  await hides(RATE_LIMITS);
  expect((await labels()).length).toBeGreaterThan(0);
  expect((await labels()).length).toBeLessThan(before.length);
});

test("a store of a newer version is left alone, and the user is told what to do", async () => {
  await editor.kill();
  const bytes = readFileSync(store());
  bytes.writeUInt32BE(1000, 60);
  writeFileSync(store(), bytes);
  await editor.restart();
  await look();
  await shows("The store can't be used");
  const tooltip = () => window.row("The store can't be used").tooltip();
  await eventually(async () => expect(await tooltip()).toContain("Update Agent Trace to see your sessions"));
  await window.screenshots("newer", ["dark", "light"]);
  expect(readFileSync(store()).equals(bytes)).toBe(true);
  expect(existsSync(join(editor.storage(ID), "inbox"))).toBe(true);
});
