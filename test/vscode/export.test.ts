import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { unpackDemo } from "../../extension/capture/demo.ts";
import { collector } from "../extension/export/collector.ts";
import { answerLine, SESSION, smallSession } from "../lines.ts";
import { openVSCode } from "./editor.ts";
import { eventually } from "./eventually.ts";
import { createHome } from "./home.ts";
import { version, vsix } from "./version.ts";
import type { Window } from "./window.ts";

/** As if it went on just now. */
function linesOf(session: string): object[] {
  let now = Date.now();
  const lines = session.trim().split("\n");
  return lines.map(line => ({ ...JSON.parse(line), timestamp: new Date(now++).toISOString() }));
}

const RATE_LIMITS = "Add rate limits";

test("a session is exported and shared from its row, shown by agent-trace in the terminal, and sent on once the user agrees", async () => {
  await using home = createHome();
  await unpackDemo("media/demo", home.claude);
  using there = await collector();
  const settings = { "agentTrace.forward": { endpoint: there.url.href } };
  await using editor = await openVSCode({ version, home, vsix: vsix(), settings });
  const window = await editor.window(home.project("shop"));
  await window.openView("Agent Trace");
  // Rows move as long as there are more to come.
  await eventually(async () =>
    expect((await window.rows("Sessions")).filter(({ level }) => level === 2)).toHaveLength(7),
  );
  await window.row(RATE_LIMITS).contextMenu("Export Session…");
  await eventually(async () => expect(await window.picks()).toContain("Web page"));
  await window.screenshot("export-form");
  await window.pick("Web page");
  await eventually(async () => expect(await window.picks()).toContain("Numbers only"));
  await window.pick("All that was said");
  const path = window.page.locator(".quick-input-widget input.input").first();
  await eventually(async () => expect(await path.inputValue()).toMatch(/add-rate-limits\.html$/));
  const file = join(home.path, "shared.html");
  await window.enter(file);
  await eventually(async () =>
    expect(await window.notifications()).toContainEqual(expect.stringMatching(/Exported to .* kB/)),
  );
  expect(readFileSync(file, "utf8")).toContain(`"title":"${RATE_LIMITS}"`);
  await window.row(RATE_LIMITS).contextMenu("Share Session…");
  await eventually(async () => expect(await window.picks()).toContain("Prompts, commands and diffs"));
  await window.pick("Prompts, commands and diffs");
  const preview = await window.webview("header h1");
  expect(await preview.locator("h1").textContent()).toBe(RATE_LIMITS);
  await window.screenshot("share");
  await window.page.getByRole("button", { name: "Copy as Markdown" }).click();
  await eventually(async () => expect(await window.clipboard()).toContain(`# ${RATE_LIMITS}`));
  // The 1.100 that npm has comes without what terminals need.
  if (version === "newest") await listInTerminal(window, join(home.path, "listed"));
  expect(there.got).toEqual([]);
  await window.run("Agent Trace: Preview What Is Forwarded");
  await eventually(async () =>
    expect((await window.editors()).join("\n")).toContain("numbers only, without secrets"),
  );
  await window.page.getByRole("button", { name: "Send from Now On" }).first().click();
  // Only what pauses from then on is sent, and it takes a moment until the recorder knows of that.
  const transcript = home.transcript("shop", SESSION);
  await eventually(async () => {
    transcript.append(...linesOf(smallSession() + answerLine("It is mended.")));
    await eventually(() => expect(there.got.length).toBeGreaterThan(0), 5000);
  }, 60_000);
});

/** Has `agent-trace` tell the sessions in the editor's terminal. */
async function listInTerminal(window: Window, listed: string): Promise<void> {
  await window.run("Terminal: Create New Terminal");
  // The first keys go to what had the focus before, or to a shell that is not there yet.
  await eventually(async () => {
    await window.page.locator(".terminal.xterm").click();
    await window.page.keyboard.type(`agent-trace list > '${listed}'\n`);
    await eventually(async () => expect(readFileSync(listed, "utf8")).toContain(RATE_LIMITS), 10_000);
  }, 60_000);
}
