import { type Browser, chromium, type Page } from "playwright-core";
import { findChromium } from "../../.scripts/chromium.mjs";
import { ExpectedError } from "../../.scripts/step.mjs";
import type { Server } from "./server.ts";

const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-features=LocalNetworkAccessChecks", // else a page changed by isolateWebviews may not open its socket
];

/** Starts a headless Chromium, which ends with this process. */
export async function launchBrowser(env: NodeJS.ProcessEnv): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath)
    throw new ExpectedError("No Chromium found: `node .scripts/prepare.mjs --browser` gets one.");
  const defined = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  // Playwright's own handlers would keep us alive after the signal; the browser ends with us anyway.
  const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  return chromium.launch({ executablePath, args: ARGS, env: Object.fromEntries(defined), ...signals });
}

/**
 * Gives each webview an origin of its own, as the desktop does: code that reaches out of its frame then fails here too.
 * To be called before the page is opened.
 */
export async function isolateWebviews(page: Page, server: Server): Promise<void> {
  const origins = `http://*.localhost:${server.port}`;
  await page.route(
    url => url.port === String(server.port) && url.pathname === "/",
    async route => {
      const response = await route.fetch();
      const headers = { ...response.headers() };
      delete headers["content-length"];
      delete headers["content-encoding"];
      const policy = headers["content-security-policy"];
      if (policy)
        headers["content-security-policy"] = policy.replace(/(frame|child)-src[^;]*/g, `$& ${origins}`);
      await route.fulfill({ response, headers, body: ownOrigins(await response.text(), server) });
    },
  );
}

function ownOrigins(html: string, server: Server): string {
  return html.replace(/(webviewEndpoint&quot;:&quot;)(?!http)([^&]+)/, (_, key: string, path: string) => {
    const { pathname } = new URL(path, server.url);
    return `${key}http://{{uuid}}.localhost:${server.port}${pathname}`;
  });
}
