import type { Locator, Page } from "playwright-core";
import { eventually } from "./eventually.ts";

const WIDGET = ".quick-input-widget";

/** Runs a command from the palette, by the title it has there. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await openInput(page, "F1", `>${title}`);
  await choose(page, title);
}

/** Chooses the entry with this label from the list that is open. */
export async function choose(page: Page, label: string): Promise<void> {
  const entry = entries(page).filter({ has: page.locator(".label-name").getByText(label, { exact: true }) });
  const input = page.locator(`${WIDGET} input.input`);
  try {
    await entry.first().waitFor({ timeout: 3000 });
  } catch {
    await fill(page, await searchText(input, label)); // it may lie further down in a long list
    await entry.first().waitFor({ timeout: 7000 });
  }
  await entry.first().click();
}

/** Types a text into the input box that is open, and presses Enter. */
export async function enter(page: Page, text: string): Promise<void> {
  await fill(page, text);
  await page.keyboard.press("Enter");
}

/** Opens a file of the folder, by the end of its path. */
export async function goToFile(page: Page, path: string): Promise<void> {
  await openInput(page, "Control+P", path);
  const name = path.split("/").at(-1) ?? path;
  await entries(page).first().getByText(name).first().waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".tab.active").getByText(name).first().waitFor();
}

/** The labels of the list that is open. */
export function quickPicks(page: Page): Promise<string[]> {
  return entries(page).locator(".label-name").allInnerTexts();
}

function entries(page: Page): Locator {
  return page.locator(`${WIDGET} .monaco-list-row`);
}

/** Types a text into the input box that is open. */
export async function fill(page: Page, text: string): Promise<void> {
  await page.locator(`${WIDGET} input.input`).first().fill(text, { timeout: 2000 });
}

// A key press is lost while a menu or a dialog is just closing.
async function openInput(page: Page, key: string, text: string): Promise<void> {
  await eventually(async () => {
    await page.keyboard.press(key);
    await fill(page, text);
  });
}

// In the palette the ">" in front must stay.
async function searchText(input: Locator, label: string): Promise<string> {
  return (await input.first().inputValue()).startsWith(">") ? `>${label}` : label;
}
