import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dayAt, daysBetween } from "../../extension/base/usual.ts";
import { htmlOf } from "../../extension/views/bill-page.ts";
import { launchBrowser } from "../vscode/browser.ts";
import { inventedBill } from "../webview/bill.ts";
import { openPage, seriousFindings } from "./page.ts";
import { THEMES, type ThemeName } from "./themes.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser(process.env);
});
afterAll(() => browser?.close());

const open = (look: Parameters<typeof openPage>[3]) =>
  openPage(browser, "bill", inventedBill(dayAt(Date.now())), look);

test.each([
  ...(Object.keys(THEMES) as ThemeName[]).map(theme => ({ theme, width: 1280 })),
  { theme: "dark" as const, width: 420 },
])("anybody can read it in %j", async look => {
  await using bill = await open(look);
  const { page, errors } = bill;
  await page.getByRole("table", { name: "Cache misses" }).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  expect(await page.evaluate("document.querySelector('main').scrollWidth")).toBeLessThanOrEqual(look.width);
  expect(errors).toEqual([]);
});

test("amounts are in the user's currency, and the scale is round in it", async () => {
  await using bill = await open({ currency: { code: "EUR", rate: 0.5 } });
  const { page } = bill;
  await page.getByRole("button", { name: "€10.65" }).waitFor();
  expect(await page.locator("main").textContent()).not.toMatch(/\$\d/);
});

test("on paper it is dark on white, without what only a screen can do", async () => {
  await using bill = await open({ theme: "dark" });
  const { page } = bill;
  await page.getByRole("table", { name: "Cache misses" }).waitFor();
  await page.evaluate("dispatchEvent(new Event('beforeprint'))");
  await showsPaper(page);
});

test("for the browser to print it is handed out as one file that runs nothing", async () => {
  let handed = "";
  const print = async (main: string) => {
    handed = main;
  };
  const answers = { ...inventedBill(dayAt(Date.now())), print };
  const custom = { from: "2026-11-01", to: "2026-11-20" };
  await using bill = await openPage(browser, "bill", answers, {
    ...{ theme: "contrast", state: { range: "custom", custom } },
  });
  await bill.page.getByRole("table", { name: "Cache misses" }).waitFor();
  await bill.page.getByRole("button", { name: "Print…" }).click();
  await bill.page.locator("body:not(.paper)").waitFor();
  const style = readFileSync(join(import.meta.dirname, "../../dist/webview.css"), "utf8");
  const page = await browser.newPage({ javaScriptEnabled: false });
  await page.setContent(htmlOf(handed, style));
  await showsPaper(page);
  expect(handed).not.toContain("<script");
  expect(await page.getByLabel("From").inputValue()).toBe("2026-11-01");
  expect(await page.locator(".drawing img").count()).toBe(1);
  await page.close();
});

async function showsPaper(page: Page): Promise<void> {
  const { color, backgroundColor } = await page.evaluate(() => ({ ...getComputedStyle(document.body) }));
  expect([color, backgroundColor]).toEqual(["rgb(0, 0, 0)", "rgb(255, 255, 255)"]);
  for (const shown of ["Daily spend", "Sessions", "By project", "Tokens"])
    expect(await page.getByRole("heading", { name: shown }).isVisible()).toBe(true);
  for (const hidden of ["Copy Sessions", "Agent"])
    expect(await page.getByRole("button", { name: hidden, exact: true }).first().isVisible()).toBe(false);
}

test("days that are dragged over become the range, and what is drawn has the theme's colours", async () => {
  await using bill = await open({ theme: "dark" });
  const { page } = bill;
  await page.getByRole("table", { name: "Cache misses" }).waitFor();
  const drawn = (colour: string) =>
    page.evaluate(`${countOf}(document.querySelector("canvas"), "${colour}")`);
  expect(await drawn("#3794ff")).toBeGreaterThan(1000);
  await page.evaluate("document.documentElement.style.setProperty('--vscode-charts-blue', '#123456')");
  await expect.poll(() => drawn("#123456")).toBeGreaterThan(1000);
  const day = (i: number) => page.locator(".day").nth(i);
  await day(12).hover();
  await page.mouse.down();
  await day(10).hover();
  await page.mouse.up();
  await page.getByRole("button", { name: "Custom…", pressed: true }).waitFor();
  const { custom } = (await bill.state()) as { custom: { from: string; to: string } };
  expect(daysBetween(custom.from, custom.to)).toHaveLength(3);
});

/** How many points of a canvas have a colour. */
const countOf = `((canvas, colour) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let i = 0; i < data.length; i += 4)
    if ("#" + [...data.slice(i, i + 3)].map(part => part.toString(16).padStart(2, "0")).join("") === colour) count++;
  return count;
})`;
