import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { fileName, SHOTS } from "./step.ts";

const open = new Set<Page>();
const lastSeen: Buffer[] = [];

/** From now on, what this page shows is kept for the case that its test fails. */
export function watchWindow(page: Page): void {
  open.add(page);
}

/** Takes a last look at a page which is about to be closed. */
export async function forgetWindow(page: Page): Promise<void> {
  if (open.delete(page)) lastSeen.push(...(await look(page)));
}

/** Ends a test: of a failed one, saves what its windows showed last, and returns the files. */
export async function settleWindows(failed: boolean, test: string, version: string): Promise<string[]> {
  const closed = lastSeen.splice(0);
  if (!failed) return [];
  const pictures = [...closed, ...(await Promise.all([...open].map(look))).flat()];
  await Promise.all([...open].map(close));
  const folder = join(SHOTS, version, "failed");
  mkdirSync(folder, { recursive: true });
  return pictures.map((picture, at) => {
    const path = join(folder, `${fileName(test)}-${at + 1}.png`);
    writeFileSync(path, picture);
    return path;
  });
}

// What a test left open, a dialog or a list, would be in the way of all that follow.
async function close(page: Page): Promise<void> {
  for (let i = 0; i < 3; i++) await page.keyboard.press("Escape").catch(() => {});
}

// A page that crashed or lost its server shows nothing.
async function look(page: Page): Promise<Buffer[]> {
  return page.screenshot({ timeout: 3000 }).then(
    picture => [picture],
    () => [],
  );
}
