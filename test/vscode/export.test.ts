import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { unpackDemo } from "../../extension/capture/demo.ts";
import { openVSCode } from "./editor.ts";
import { eventually } from "./eventually.ts";
import { createHome } from "./home.ts";
import { version, vsix } from "./version.ts";

const RATE_LIMITS = "Add rate limits";

test("a session is exported from its row as the user says, and the terminal has agent-trace for the same", async () => {
  await using home = createHome();
  await unpackDemo("media/demo", home.claude);
  await using editor = await openVSCode({ version, home, vsix: vsix() });
  const window = await editor.window(home.project("shop"));
  await window.openView("Agent Trace");
  await eventually(
    async () => expect((await window.rows("Sessions")).map(row => row.label)).toContain(RATE_LIMITS),
    20_000,
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
  await eventually(
    async () =>
      expect(await window.notifications()).toContainEqual(expect.stringMatching(/Exported to .* kB/)),
    20_000,
  );
  expect(readFileSync(file, "utf8")).toContain("<h1>Add rate limits</h1>");
  await window.run("Terminal: Create New Terminal");
  const listed = join(home.path, "listed");
  await window.page.locator(".terminal.xterm").waitFor();
  await window.page.keyboard.type(`agent-trace list > '${listed}'\n`);
  await eventually(async () => expect(readFileSync(listed, "utf8")).toContain(RATE_LIMITS), 20_000);
});
