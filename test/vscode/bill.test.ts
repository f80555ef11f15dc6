import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { unpackDemo } from "../../extension/capture/demo.ts";
import { hook, SECRET } from "../extension/alerts/receivers.ts";
import { type Editor, openVSCode } from "./editor.ts";
import { eventually } from "./eventually.ts";
import { createHome, type Home } from "./home.ts";
import { version, vsix } from "./version.ts";
import type { Window } from "./window.ts";

const FLAKY = "Fix the flaky checkout test";

let home: Home;
let editor: Editor;
let window: Window;
let receiver: Awaited<ReturnType<typeof hook>>;

beforeAll(async () => {
  home = createHome();
  const folder = home.project("shop", { "total.ts": "export const total = 1;\n" });
  await unpackDemo("media/demo", home.claude);
  // Every session of the demo was in the last days, so that a month's budget of a cent is surely over.
  receiver = await hook();
  const settings = {
    ...{ "agentTrace.budgets": { month: 0.01, week: 0.01 }, "agentTrace.webhook": receiver.address },
  };
  editor = await openVSCode({ version, home, vsix: vsix(), settings });
  window = await editor.window(folder);
  await window.openView("Agent Trace");
});

afterAll(async () => {
  receiver?.[Symbol.dispose]();
  await editor?.[Symbol.asyncDispose]();
  await home?.[Symbol.asyncDispose]();
});

test("a budget that is used up is told once, and the bill opens from there", async () => {
  await eventually(async () =>
    expect((await window.notifications()).join("\n")).toMatch(
      /This (week|month)'s budget: Claude Code has used \$\d+\.\d\d of \$0\.01/,
    ),
  );
  await window.press("Open the Bill");
  await eventually(async () => expect(await window.tabs()).toContain("The Bill"));
  await window.webview("h1"); // it takes the focus when it is there
});

test("a webhook is signed with what VS Code keeps, and a test of it arrives", async () => {
  const test = () =>
    eventually(async () => {
      await window.run("Agent Trace: Send a Test Alert…");
      await window.pick("Webhook");
    });
  const said = async () => (await window.notifications()).join("\n");
  await test();
  await eventually(async () => expect(await said()).toContain("There is no secret to sign with."));
  await window.run("Agent Trace: Set Alert Secrets…");
  await window.pick("What signs webhooks");
  await window.page.locator(".quick-input-title").getByText("What Signs Webhooks").waitFor();
  await window.enter(SECRET);
  // VS Code takes its time to keep it; until then there is none.
  await eventually(async () => {
    await test();
    const arrives = "alerts of Agent Trace arrive by webhook";
    await eventually(async () => expect(await said()).toContain(arrives), 5000);
  }, 60_000);
  expect(receiver.got[0]).toMatchObject({ isSigned: true, message: { type: "test" } });
});

test("the view Usage tells of it as long as it is so, and which models it went to", async () => {
  await window.page.locator('.pane-header[aria-label="Usage Section"]').click();
  const labels = async () => (await window.rows("Usage")).map(({ label }) => label);
  await eventually(async () =>
    expect(await labels()).toEqual([
      ...["This month's budget", "This week's budget", "Today", "This week", "This month"],
    ]),
  );
  await window.row("This month", "Usage").expand();
  await eventually(async () => expect((await labels()).at(-1)).toMatch(/^claude-/));
  await window.page.locator('.pane-header[aria-label="Usage Section"]').click();
});

test("it shows all sessions with what they cost, in every theme", async () => {
  const page = await window.webview(".bill");
  await page.getByRole("button", { name: "7 days", exact: true }).click();
  await page.locator(".sessions td .to, .sessions td .link").getByText(FLAKY).waitFor();
  expect(await page.locator(".day.chosen").count()).toBe(0);
  await window.screenshots("bill");
});

test("it is saved for a browser to print", async () => {
  const page = await window.webview(".bill");
  await page.getByRole("button", { name: "Print…" }).click();
  const path = window.page.locator(".quick-input-widget input.input").first();
  await eventually(async () => expect(await path.inputValue()).toMatch(/the-bill\.html$/));
  const file = join(home.path, "printed.html");
  await window.enter(file);
  await eventually(async () =>
    expect((await window.notifications()).join("\n")).toContain("Open it in a browser to print it."),
  );
  const printed = readFileSync(file, "utf8");
  expect(printed).toContain(FLAKY);
  expect(printed).toMatch(/<img src="data:image\/png;base64,[^"]{2000}/);
});

test("an amount is derived, and a request leads to its line", async () => {
  const page = await window.webview(".bill");
  await page.locator("tr", { hasText: FLAKY }).locator(".amount").click();
  await page.getByText(/requests that the transcript shows/).waitFor();
  await window.screenshot("bill-derived");
  await page.locator(".requests tbody .link").first().click();
  await eventually(async () => expect((await window.tabs()).join()).toContain(".jsonl"));
  await eventually(async () => expect((await window.editors()).join()).toContain("assistant"));
});

test("a title opens the replay, and the bill is as it was left", async () => {
  await window.page.getByRole("tab", { name: "The Bill" }).click();
  await (await window.webview(".bill.explained")).getByText("← The bill").click();
  await window.reload();
  const page = await window.webview(".bill");
  await page.getByRole("button", { name: "7 days", exact: true, pressed: true }).waitFor();
  await page.locator(".sessions").getByText(FLAKY).click();
  await eventually(async () => expect(await window.tabs()).toContain(FLAKY));
});

test("today's spend stands in the status bar and opens the bill", async () => {
  await window.statusItem("agent-trace.agent-trace.agentTrace.spend").click();
  await (await window.webview(".bill .glances")).waitForSelector(".glance");
});
