import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { page as format } from "../../extension/export/html.ts";
import type { Trace } from "../../extension/export/trace.ts";
import { HOSTILE, prompt, saying, step, trace } from "../extension/export/sample.ts";
import { scratch } from "../scratch.ts";
import { launchBrowser } from "../vscode/browser.ts";

let browser: Browser;
/** What a page is made of that says nothing of interest. */
let harmless: string[];

beforeAll(async () => {
  browser = await launchBrowser(process.env);
  await using it = await open(saying("harmless words\nof two lines"));
  harmless = await it.page.evaluate<string[]>(TAGS);
});

afterAll(() => browser?.close());

const TAGS = "[...document.querySelectorAll('*')].map(({ tagName }) => tagName)";

/** An exported page in a browser without a network. */
async function open(...traces: Trace[]) {
  const folder = await scratch({
    "page.html": format.begin + traces.map(trace => format.of(trace)).join(format.between) + format.end,
  });
  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  const [asked, errors]: [string[], string[]] = [[], []];
  page.on("request", request => asked.push(request.url()));
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

test.each(HOSTILE)("%j is words on the page, and nothing else", async words => {
  await using it = await open(saying(words));
  expect(await it.page.title()).toBe("Agent Trace");
  expect(it.errors).toEqual([]);
  expect(it.asked.length).toBe(1);
  expect(await it.page.evaluate(TAGS)).toEqual(harmless);
});

test("every step is there, in its style, and can be opened", async () => {
  const steps = Array.from({ length: 300 }, (_, i) =>
    step({ number: i + 1, target: `call ${i}`, result: `came ${i}` }),
  );
  await using it = await open(trace([prompt("go", steps)]));
  expect(await it.page.locator(".step").count()).toBe(300);
  expect(await it.page.locator(".number").last().textContent()).toBe("300");
  expect(
    await it.page
      .locator(".number")
      .first()
      .evaluate(element => getComputedStyle(element).textAlign),
  ).toBe("right");
  const last = it.page.locator("details").last();
  expect(await last.locator("pre").isVisible()).toBe(false);
  await last.locator("summary").click();
  expect(await last.locator("pre").textContent()).toBe("came 299");
});

test("without any script it shows only the errors, or the edits, when asked", async () => {
  const steps = [
    step({}),
    step({ status: "failed", failure: { type: "tool", code: "exit_code" } }),
    step({ added: 2 }),
  ];
  await using it = await open(trace([prompt("go", steps)]));
  const visible = () => it.page.locator(".step:visible").count();
  expect(await visible()).toBe(3);
  await it.page.getByLabel("errors").check();
  expect([await visible(), await it.page.locator(".step:visible .aside").textContent()]).toEqual([
    1,
    "failed: exit code · 0.5 s",
  ]);
  await it.page.getByLabel("edits").check();
  expect(await visible()).toBe(1);
});

test("a page of very long outputs is bounded, and says what was left out", () => {
  const steps = Array.from({ length: 2000 }, () => step({ result: "x".repeat(100_000) }));
  const text = format.of(trace([prompt("go", steps)]));
  expect(text.length).toBeLessThan(15_000_000);
  expect(text).toContain("(100,000 characters in all)");
});
