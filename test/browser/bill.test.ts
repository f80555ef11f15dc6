import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dayAt } from "../../extension/base/usual.ts";
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
  expect(await page.locator(".rule").allTextContents()).toEqual(["€0", "€5", "€10", "€15"]);
  expect(await page.locator("main").textContent()).not.toMatch(/\$\d/);
});

test("on paper it is dark on white, without what only a screen can do", async () => {
  await using bill = await open({ theme: "dark" });
  const { page } = bill;
  await page.getByRole("table", { name: "Cache misses" }).waitFor();
  await page.emulateMedia({ media: "print" });
  const style = (of: string) =>
    page.evaluate<{ color: string; background: string }>(
      `(({ color, backgroundColor: background }) => ({ color, background }))(getComputedStyle(document.querySelector("${of}")))`,
    );
  expect(await style("body")).toEqual({ color: "rgb(0, 0, 0)", background: "rgb(255, 255, 255)" });
  for (const shown of ["Daily spend", "Sessions", "By project", "Tokens"])
    expect(await page.getByRole("heading", { name: shown }).isVisible()).toBe(true);
  for (const hidden of ["Copy Sessions", "Agent"])
    expect(await page.getByRole("button", { name: hidden, exact: true }).first().isVisible()).toBe(false);
});
