import type { Page } from "playwright-core";
import { runCommand } from "./quick-input.ts";

/** How long VS Code waited for an extension at its start, in milliseconds. */
export interface StartupTimes {
  loadCode: number;
  callActivate: number;
  finishActivate: number;
}

/** Reads VS Code's own figures for an extension from its page "Startup Performance". */
export async function readStartupTimes(page: Page, extension: string): Promise<StartupTimes> {
  const text = await copyReport(page);
  const line = text.split("\n").find(row => row.split("|")[1]?.trim() === extension);
  if (!line) throw new Error(`${extension} is not in VS Code's table of activated extensions:\n${text}`);
  return parseRow(line);
}

// Columns: | Extension | Eager | Load Code | Call Activate | Finish Activate | Event | By |
function parseRow(line: string): StartupTimes {
  const [loadCode = Number.NaN, callActivate = Number.NaN, finishActivate = Number.NaN] = line
    .split("|")
    .slice(3, 6)
    .map(Number);
  return { loadCode, callActivate, finishActivate };
}

async function copyReport(page: Page): Promise<string> {
  await runCommand(page, "Developer: Startup Performance");
  await page.locator(".editor-group-container.active .view-line").first().click();
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Control+C");
  return page.evaluate(() => navigator.clipboard.readText());
}
