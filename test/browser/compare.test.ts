import { resolve } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { sideOf } from "../../extension/base/side.ts";
import type { Session } from "../../extension/protocol.ts";
import { openOwner } from "../extension/open-owner.ts";
import { scratch } from "../scratch.ts";
import { launchBrowser } from "../vscode/browser.ts";
import { openPage, seriousFindings } from "./page.ts";
import { THEMES, type ThemeName } from "./themes.ts";

let browser: Browser;
let home: Awaited<ReturnType<typeof scratch>>;
let owner: ReturnType<typeof openOwner>;
let sessions: [Session, Session];

beforeAll(async () => {
  browser = await launchBrowser(process.env);
  home = await scratch();
  owner = openOwner(home.path, { folders: [resolve("media/demo")] });
  await owner.ready();
  await vi.waitFor(async () => expect((await owner.state()).scanned).toBe(true), 20_000);
  const rows = (await owner.sessions()).sort((a, b) => b.toolCalls - a.toolCalls);
  const whole = await Promise.all(rows.slice(0, 2).map(({ id }) => owner.session(id)));
  sessions = whole as [Session, Session];
});

afterAll(async () => {
  await browser?.close();
  await owner?.close();
  await home?.[Symbol.asyncDispose]();
});

const open = (look: Parameters<typeof openPage>[3]) =>
  openPage(
    browser,
    "compare",
    { pair: () => sessions.map(({ id }) => ({ session: id })), sides: () => sessions.map(s => sideOf(s)) },
    look,
  );

test.each(Object.keys(THEMES) as ThemeName[])("anybody can read it in %s, wide and narrow", async theme => {
  for (const width of [1280, 420]) {
    await using compare = await open({ theme, width });
    const { page, errors } = compare;
    await page.getByRole("table", { name: "Prompts" }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(await page.evaluate("document.querySelector('main').scrollWidth")).toBeLessThanOrEqual(width);
    expect(errors).toEqual([]);
  }
});

test("it stays a table where it is narrow, and its numbers are reached by keyboard", async () => {
  await using compare = await open({ width: 420 });
  const { page, called } = compare;
  const errors = page
    .getByRole("table", { name: "What they came to" })
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: "Errors", exact: true }) });
  await expect.poll(() => errors.getByRole("cell").count()).toBe(3);
  await errors.getByRole("button").first().focus();
  await page.keyboard.press("Enter");
  const [first] = sessions;
  const failed = first.prompts.flatMap(({ steps }) => steps).find(({ failure }) => failure);
  await expect
    .poll(() => called.find(({ method }) => method === "openReplay")?.args)
    .toEqual([first.id, failed?.id]);
});
