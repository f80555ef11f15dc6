import type { Page } from "playwright-core";
import { eventually } from "./eventually.ts";
import { runCommand } from "./quick-input.ts";

/** How long VS Code waited for an extension at its start, in milliseconds. */
export interface StartupTimes {
  loadCode: number;
  callActivate: number;
  finishActivate: number;
}

/** Reads VS Code's own figures for some extensions from its page "Startup Performance". */
export function readStartupTimes(page: Page, extensions: string[]): Promise<StartupTimes[]> {
  return eventually(async () => {
    const rows = (await copyReport(page)).split("\n");
    return extensions.map(extension => {
      const line = rows.find(row => row.split("|")[1]?.trim() === extension);
      if (!line) throw new Error(`${extension} is not in VS Code's table of activated extensions`);
      return parseRow(line);
    });
  }, 30_000);
}

// Columns: | Extension | Eager | Load Code | Call Activate | Finish Activate | Event | By |
function parseRow(line: string): StartupTimes {
  const [loadCode = Number.NaN, callActivate = Number.NaN, finishActivate = Number.NaN] = line
    .split("|")
    .slice(3, 6)
    .map(Number);
  return { loadCode, callActivate, finishActivate };
}

// The page is written once, when it opens: closed again, it is up to date the next time.
async function copyReport(page: Page): Promise<string> {
  await runCommand(page, "Developer: Startup Performance");
  const editor = page.locator(".editor-group-container.active .editor-instance");
  await editor.getByText("System Info").first().waitFor();
  await editor.locator(".view-line").first().click();
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Control+C");
  const text = await page.evaluate(() => navigator.clipboard.readText());
  await runCommand(page, "View: Close Editor");
  return text;
}
