import { statSync } from "node:fs";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pageIn } from "../../extension/export/html.ts";
import type { Trace } from "../../extension/export/trace.ts";
import { harmless } from "../../webview/lib/harmless.ts";
import { HOSTILE, prompt, saying, step, trace } from "../extension/export/sample.ts";
import { scratch } from "../scratch.ts";
import { launchBrowser } from "../vscode/browser.ts";
import { longContent, longSession } from "./long-session.ts";
import { seriousFindings } from "./page.ts";
import { plainList } from "./plain-list.ts";

const format = pageIn("dist");

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser(process.env);
});

afterAll(() => browser?.close());

function textOf(...traces: Trace[]): string {
  return format.begin + traces.map(trace => format.of(trace)).join(format.between) + format.end;
}

/** An exported page in a browser without a network. */
async function open(text: string, how: BrowserContextOptions = {}) {
  const folder = await scratch({ "page.html": text });
  const context = await browser.newContext({ offline: true, ...how });
  const page = await context.newPage();
  const [asked, errors]: [string[], string[]] = [[], []];
  page.on("request", request => !request.url().startsWith("data:") && asked.push(request.url()));
  page.on("pageerror", error => errors.push(String(error)));
  page.on("console", message => message.type() === "error" && errors.push(message.text()));
  page.on("dialog", dialog => errors.push(dialog.message()));
  await page.goto(`file://${folder.at("page.html")}`);
  const close = async () => {
    await context.close();
    await folder[Symbol.asyncDispose]();
  };
  return { page, asked, errors, [Symbol.asyncDispose]: close };
}

const openAll = async (page: Page) => {
  const heads = page.locator('.head[aria-expanded="false"]');
  while ((await heads.count()) > 0) await heads.first().click();
};

test.each(HOSTILE)("%j is words on the page, and nothing else", async words => {
  await using it = await open(textOf(saying(words)));
  await it.page.locator(".chapter .text").waitFor();
  expect(await it.page.locator(".chapter .text").textContent()).toBe(harmless(words));
  await openAll(it.page);
  expect(await it.page.locator(".card").count()).toBe(4);
  const acting = "script, img, iframe, base, meta, style, link, object, form, [onerror], [onload]";
  expect(await it.page.locator(`body :is(${acting}, a[href^="javascript"])`).count()).toBe(0);
  expect(await it.page.title()).not.toBe("owned");
  expect([it.errors, it.asked.length]).toEqual([[], 1]);
});

test("every step is there, and says what was said in it", async () => {
  const steps = Array.from({ length: 300 }, (_, i) =>
    step({ number: i + 1, input: { command: `call ${i}` }, target: `call ${i}`, result: `came ${i}` }),
  );
  await using it = await open(textOf(trace([prompt("go", steps)])));
  const { page } = it;
  const seen = new Set<string>();
  await page.locator(".row").first().waitFor();
  for (let i = 0; i < 40 && seen.size < 300; i++) {
    for (const text of await page.locator(".row .what").allTextContents()) seen.add(text);
    await page.locator(".scroller").evaluate(scroller => scroller.scrollBy(0, 600));
    await page.waitForTimeout(50);
  }
  expect([...seen]).toEqual(steps.map(({ target }) => target));
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  expect(await page.locator(".card .output").textContent()).toContain("came 299");
  await page.keyboard.press("/");
  await expect.poll(() => page.evaluate("document.activeElement.tagName")).toBe("INPUT");
  await page.keyboard.type("call 250");
  await expect.poll(() => page.locator(".row").count()).toBe(1);
  expect([it.errors, it.asked.length]).toEqual([[], 1]);
});

test("an edit shows its lines as the client noted them, with no link to an editor", async () => {
  const hunk = { oldStart: 7, newStart: 7, lines: [" const a = 1;", "-const b = a;", "+const b = a + 1;"] };
  const details = { filePath: "/home/sam/dev/shop/a.ts", structuredPatch: [hunk] };
  const edit = step({ name: "Edit", target: "/home/sam/dev/shop/a.ts", added: 1, removed: 1, details });
  await using it = await open(textOf(trace([prompt("go", [edit])])));
  await it.page.locator(".diff").waitFor();
  expect(await it.page.locator(".diff .number").allTextContents()).toEqual(["7", "7", "8", "", "", "8"]);
  expect(await it.page.locator(".diff .bar").textContent()).toBe("a.ts");
  expect(await it.page.getByText(/Open|Undo|Follow/).count()).toBe(0);
});

test("of several sessions it shows the one that is chosen", async () => {
  const traces = ["first", "second"].map(title => trace([prompt(title, [])], { id: title, title }));
  await using it = await open(textOf(...traces));
  expect([await it.page.locator("h1").textContent(), await it.page.title()]).toEqual([
    "first",
    "first · Agent Trace",
  ]);
  await it.page.getByLabel("Session").selectOption("second");
  await expect.poll(() => it.page.locator("h1").textContent()).toBe("second");
  expect(await it.page.locator(".chapter .text").textContent()).toBe("second");
});

test.each(["light", "dark"] as const)("nothing serious stands in anybody's way, %s", async colorScheme => {
  const steps = [
    step({ input: { command: "npm test" }, target: "npm test", result: "\u001b[31mred\u001b[39m" }),
    step({
      name: "Edit",
      added: 1,
      input: { file_path: "a.ts", old_string: "let a = 'b' // c", new_string: "" },
    }),
    step({ status: "failed", failure: { type: "tool", code: "exit_code" }, result: "Exit code 1\nno" }),
    step({
      kind: "response",
      name: null,
      target: "It is `done`",
      text: "It is `done`.\n\n- [a](http://b.test)",
    }),
  ];
  await using it = await open(textOf(trace([prompt("go", steps)])), { colorScheme });
  await openAll(it.page);
  expect(await seriousFindings(it.page)).toEqual([]);
});

test("on paper every step is there", async () => {
  const steps = Array.from({ length: 500 }, (_, i) => step({ target: `call ${i}` }));
  await using it = await open(textOf(trace([prompt("go", steps)])));
  await it.page.locator(".row").first().waitFor();
  const paper = (await it.page.pdf({ format: "A4" })).toString("latin1");
  // Of 26 pixels each, on sheets of 1123.
  expect(paper.match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(10);
});

test("without scripts it says what it needs them for", async () => {
  await using it = await open(textOf(trace([prompt("go", [])])), { javaScriptEnabled: false });
  expect(await it.page.locator("noscript").textContent()).toContain("Allow scripts to see it.");
});

/** A session of 5,000 steps, each of which said as much. */
function long(result: string): Trace {
  const { transcript, prompts, ...session } = longSession(5000);
  const { input, details } = longContent();
  const told = { input: JSON.parse(input ?? ""), details: JSON.parse(details ?? ""), result };
  let number = 0;
  const full = prompts.map(prompt => ({
    ...prompt,
    steps: prompt.steps.map(step => ({ ...step, ...told, number: ++number })),
  }));
  return { ...session, prompts: full, changes: [] };
}

test("5,000 steps are there at once", async () => {
  await using it = await open(textOf(long("It went well.\n")));
  await it.page.locator(".row").first().waitFor();
  expect(await it.page.locator(".row").count()).toBeLessThan(100);
  // From the first byte, against what it takes to draw all rows in the same page and as simply as can be.
  const opened: number = await it.page.evaluate(
    "performance.getEntriesByType('paint').find(({ name }) => name === 'first-contentful-paint').startTime",
  );
  const plain: number = await it.page.evaluate(plainList(5000));
  expect(opened).toBeLessThan(3 * plain);
});

test("the page is bounded, and says what was left out", async () => {
  expect(statSync("dist/replay.html").size).toBeLessThan(500_000);
  const text = textOf(long("x".repeat(100_000)));
  expect(text.length).toBeLessThan(17_000_000);
  await using it = await open(text);
  await it.page.getByText(/for its size what was said in [\d,]+ steps/).waitFor();
  await it.page.locator(".row .head").first().click();
  await it.page.getByText("This is only the beginning").first().waitFor();
  await it.page.keyboard.press("End");
  await it.page.keyboard.press("Enter");
  await it.page.getByText("What was said here is not in this file.").first().waitFor();
});

test("more than a browser can show is refused, kindly", () => {
  expect(() => format.of(long(""), 39_000_000)).toThrow("Export fewer sessions at a time, or as ndjson.");
});
