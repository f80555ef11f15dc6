import { readFileSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import type { Call, Reply } from "../../extension/pages.ts";
import { styleOf, type ThemeName } from "./themes.ts";

const ORIGIN = "http://page.test";
const NONCE = "a-nonce";
// As extension/views/page.ts has it.
const POLICY = `default-src 'none'; script-src 'nonce-${NONCE}'; style-src ${ORIGIN}; font-src ${ORIGIN}; img-src ${ORIGIN} data:`;

export interface Look {
  theme?: ThemeName;
  width?: number;
  height?: number;
  /** What the page remembered when it was closed. */
  state?: object;
  /** What amounts are shown in, as the extension says it. */
  currency?: { code: string; rate: number };
}

export type Answers = Record<string, (...args: never[]) => unknown>;

/** One of the built pages in a browser of its own, in front of a host that answers as the extension does. */
export async function openPage(browser: Browser, name: string, answers: Answers, look: Look = {}) {
  const { theme = "dark", width = 1280, height = 860, state = {}, currency } = look;
  const money = currency ? `data-currency="${currency.code}" data-rate="${currency.rate}"` : "";
  const page = await browser.newPage({ viewport: { width, height } });
  const called: Call[] = [];
  const errors: string[] = [];
  // As text, which goes over to the browser in a fraction of the time that an object takes.
  await page.exposeFunction("toHost", async (message: Call): Promise<string> => {
    called.push(message);
    const { call, method, args } = message;
    const reply: Promise<Reply> = Promise.resolve(answers[method]?.(...(args as never[]))).then(
      ok => ({ call, ok }),
      error => ({ call, err: String(error) }),
    );
    return JSON.stringify(await reply);
  });
  page.on("pageerror", error => errors.push(String(error)));
  page.on("console", message => {
    // The toolkit tries to make a style sheet that the policy forbids, and does well without it.
    if (message.type() === "error" && !message.text().startsWith("Applying inline style"))
      errors.push(message.text());
  });
  await page.addInitScript(vsCode(state));
  await page.route(`${ORIGIN}/**`, route =>
    route.fulfill(answer(new URL(route.request().url()).pathname, { name, theme, money })),
  );
  await page.goto(`${ORIGIN}/`);
  return {
    ...{ page, called, errors },
    hint: () => page.evaluate(() => window.postMessage({ hint: "changed" }, "*")),
    state: () => page.evaluate(() => (window as unknown as { kept: object }).kept),
    [Symbol.asyncDispose]: () => page.close(),
  };
}

/** What the page finds in VS Code, as a script that runs before its own. */
const vsCode = (state: object) => `
  window.kept = ${JSON.stringify(state)};
  window.acquireVsCodeApi = () => ({
    getState: () => window.kept,
    setState: state => { window.kept = state; },
    postMessage: message => void window.toHost(message).then(reply => {
      const data = JSON.parse(reply);
      if (message.method === "session") window.answeredAt ??= performance.now();
      window.dispatchEvent(new MessageEvent("message", { data }));
    }),
  });
  new MutationObserver(() => {
    if (window.shownAt === undefined && document.querySelector(".row"))
      requestAnimationFrame(() => setTimeout(() => { window.shownAt ??= performance.now(); }));
  }).observe(document, { childList: true, subtree: true });`;

const TYPES: Record<string, string> = { js: "text/javascript", css: "text/css", ttf: "font/ttf" };

/** As VS Code calls them. */
const CLASSES: Record<ThemeName, string> = { dark: "dark", light: "light", contrast: "high-contrast" };

function answer(path: string, page: { name: string; theme: ThemeName; money: string }) {
  if (path === "/theme.css") return { contentType: "text/css", body: `:root { ${styleOf(page.theme)} }` };
  if (path === "/")
    return {
      contentType: "text/html",
      body: `<!DOCTYPE html><html lang="en"><head><title>${page.name}</title><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<link rel="stylesheet" href="/theme.css"><link rel="stylesheet" href="/webview.css"></head>
<body class="vscode-${CLASSES[page.theme]}" data-page="${page.name}" ${page.money}><script nonce="${NONCE}" src="/webview.js"></script></body></html>`,
    };
  const asset = path.slice(1);
  const type = TYPES[asset.split(".").at(-1) ?? ""];
  if (!type) return { status: 404, body: "" };
  return { contentType: type, body: readFileSync(join(import.meta.dirname, "../../dist", asset)) };
}

/** What axe finds on a page that is serious or worse. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(`axe.run().then(({ violations }) => violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + " " + html.slice(0, 200) + failureSummary)))`);
}
