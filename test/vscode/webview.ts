import { setTimeout as sleep } from "node:timers/promises";
import type { Frame, Page } from "playwright-core";

/**
 * The frame with an extension's own page, which lies inside two of VS Code's, found by something that is in it.
 * To be fetched again after the webview was hidden: it is a new one then.
 */
export async function webviewFrame(page: Page, selector: string, timeout = 20_000): Promise<Frame> {
  for (const end = Date.now() + timeout; Date.now() < end; await sleep(100)) {
    for (const frame of page.frames()) {
      if (await shows(frame, selector)) return frame;
    }
  }
  const seen = page.frames().filter(isWebview).length;
  throw new Error(`None of ${seen} webviews has ${selector}`);
}

async function shows(frame: Frame, selector: string): Promise<boolean> {
  if (!isWebview(frame)) return false;
  // A frame that is just being replaced throws.
  return (
    (await frame
      .locator(selector)
      .count()
      .catch(() => 0)) > 0
  );
}

function isWebview(frame: Frame): boolean {
  return frame.url().includes("/fake.html");
}
