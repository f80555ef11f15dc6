import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openOwner } from "../extension/open-owner.ts";
import { scratch } from "../scratch.ts";
import { launchBrowser } from "../vscode/browser.ts";
import { everySide } from "./sides.ts";

const CAPTURES = "test/fixtures/captures";
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser(process.env);
});
afterAll(() => browser?.close());

test("of real sessions the page, the HTTP API and agent-trace list say the same, to the billionth of a dollar", async () => {
  await using home = await scratch();
  const folders = readdirSync(CAPTURES).map(name => join(CAPTURES, name));
  await using owner = openOwner(home.path, { folders });
  await owner.ready();
  const { "agent-trace list": listed, ...sides } = await everySide(browser, owner, home.at("data"));
  expect(listed?.cost).toBeGreaterThan(0);
  for (const [name, { models: _, ...told }] of Object.entries(sides))
    expect([name, { ...listed, ...told }]).toEqual([name, listed]);
});
