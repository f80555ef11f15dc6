import type { Locator, Page } from "playwright-core";

const ACTIVE = ".editor-group-container.active";

/** The names of the open tabs. */
export function tabNames(page: Page): Promise<string[]> {
  // Newer ones show the extension of a file apart from its name.
  return page
    .locator(".tabs-container .tab")
    .evaluateAll(tabs =>
      tabs.map(tab =>
        [...tab.querySelectorAll(".label-name, .label-suffix")].map(part => part.textContent).join(""),
      ),
    );
}

/** The visible lines of each text editor in front; a diff is two of them. */
export async function editorTexts(page: Page): Promise<string[]> {
  const editors = await page.locator(`${ACTIVE} .monaco-editor:not(.gutter):visible`).all();
  return Promise.all(editors.map(readLines));
}

/** What stands above the lines of the editor in front. */
export function lensTexts(page: Page): Promise<string[]> {
  return page.locator(`${ACTIVE} .codelens-decoration a`).allInnerTexts();
}

async function readLines(editor: Locator): Promise<string> {
  const lines = await editor.locator(".view-line").evaluateAll(found =>
    found.map(line => ({
      top: Number.parseFloat((line as HTMLElement).style.top),
      text: line.textContent ?? "",
    })),
  );
  const inOrder = lines.sort((a, b) => a.top - b.top);
  return inOrder.map(line => line.text.replaceAll("\u00a0", " ")).join("\n");
}
