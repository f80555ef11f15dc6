import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Session, Step, StepContent } from "../../extension/protocol.ts";
import { openOwner } from "../extension/open-owner.ts";
import { scratch } from "../scratch.ts";
import { launchBrowser } from "../vscode/browser.ts";
import { prompt, session, step } from "../webview/session.ts";
import { longContent, longSession } from "./long-session.ts";
import { seriousFindings } from "./page.ts";
import { plainList } from "./plain-list.ts";
import { openReplay } from "./replay-page.ts";
import { THEMES, type ThemeName } from "./themes.ts";

/** Machines are slow at times; what never comes fails all the same. */
const PATIENT = { timeout: 15_000 };

const CAPTURES = resolve("test/fixtures/captures");

let browser: Browser;
let home: Awaited<ReturnType<typeof scratch>>;
let owner: ReturnType<typeof openOwner>;
let sessions: Session[];

beforeAll(async () => {
  browser = await launchBrowser(process.env);
  home = await scratch();
  const folders = [resolve("media/demo"), ...readdirSync(CAPTURES).map(name => join(CAPTURES, name))];
  owner = openOwner(home.path, { folders });
  await owner.ready();
  await vi.waitFor(async () => expect((await owner.state()).scanned).toBe(true), 20_000);
  sessions = await Promise.all((await owner.sessions()).map(({ id }) => owner.session(id)));
});

afterAll(async () => {
  await browser?.close();
  await owner?.close();
  await home?.[Symbol.asyncDispose]();
});

const contentOf = (session: Session) => (id: string) => owner.content(session.id, id);
const demo = () => sessions.find(({ title }) => title === "Fix the flaky checkout test") as Session;

/** All steps of the captures and the demo in one session: a card of every kind there is. */
function everything(): { session: Session; content: (id: string) => Promise<StepContent> } {
  const owners = new Map(sessions.flatMap(s => s.prompts.flatMap(p => p.steps.map(({ id }) => [id, s.id]))));
  const all = sessions.flatMap(({ prompts }) => prompts);
  // A picture that was read is a kind of its own.
  const kindOf = ({ kind, name, status, target }: Step) =>
    `${kind} ${name} ${status} ${target?.endsWith(".png")}`;
  const kinds = new Map(all.flatMap(({ steps }) => steps).map(step => [kindOf(step), step]));
  const one = session([prompt("all", "Every kind of step", [...kinds.values()])]);
  return { session: one, content: id => owner.content(owners.get(id) ?? "", id) };
}

test("every kind of step of real sessions opens into a card that says something", async () => {
  const shown = everything();
  const steps = shown.session.prompts.flatMap(({ steps }) => steps);
  const opened = Object.fromEntries(steps.map(({ id }) => [id, true]));
  await using replay = await openReplay(browser, shown, { height: 30_000, state: { opened } });
  const { page, errors } = replay;
  await expect.poll(() => page.locator(".card").count(), PATIENT).toBe(steps.length);
  await expect.poll(() => page.locator(".card.loading").count(), PATIENT).toBe(0);
  const cards = await page.locator(".card:not(:has(img))").allTextContents();
  expect(cards.filter(text => text.replace("Raw JSON", "").trim() === "")).toEqual([]);
  for (const part of [".diff .changed", ".markdown p", ".tasks .completed", "img"])
    expect(await page.locator(part).count(), part).toBeGreaterThan(0);
  expect(errors).toEqual([]);
});

test.each(Object.keys(THEMES) as ThemeName[])("nothing serious stands in anybody's way, %s", async theme => {
  await using replay = await openReplay(browser, { session: demo(), content: contentOf(demo()) }, { theme });
  await replay.page.locator(".diff .of-keyword").first().waitFor();
  expect(await seriousFindings(replay.page)).toEqual([]);
  await replay.page.getByRole("button", { name: "Waterfall" }).click();
  expect(await seriousFindings(replay.page)).toEqual([]);
});

test("10,000 steps are there at once, and as quick to scroll as a hundred", async () => {
  await using replay = await openReplay(browser, { session: longSession(10_000), content: longContent });
  const { page } = replay;
  await page.locator(".row").first().waitFor();
  expect(await page.locator(".row").count()).toBeLessThan(100);
  const opened: number = await page.evaluate("window.shownAt - window.answeredAt");
  // What it would take to draw them all, in the same page and as simply as can be.
  const plain: number = await page.evaluate(plainList(10_000));
  expect(opened).toBeLessThan(plain);
  await page.locator(".scroller").evaluate(scroller => {
    scroller.scrollTop = scroller.scrollHeight;
  });
  await page.getByText("Prompt 99: make").last().waitFor();
  expect(await page.locator(".row").count()).toBeLessThan(100);
});

test("what is read stays where it is while the session grows, and only what is new is asked for", async () => {
  const shown = { session: longSession(300), content: longContent };
  await using replay = await openReplay(browser, shown);
  const { page, called } = replay;
  await page.locator(".scroller").evaluate(scroller => {
    scroller.scrollTop = 2000;
  });
  await page.waitForTimeout(300);
  const top = () =>
    page.evaluate(`(() => {
    const rows = [...document.querySelectorAll(".scroller li")];
    const row = rows.find(row => row.getBoundingClientRect().bottom > 200);
    return [row.dataset.id, Math.round(row.getBoundingClientRect().top)];
  })()`);
  const before = await top();
  shown.session = longSession(400);
  await replay.hint();
  await page.getByText("400 steps").or(page.locator("nav li:nth-child(4)")).first().waitFor();
  expect(await top()).toEqual(before);
  expect(called.filter(({ method }) => method === "session").map(({ args }) => args)).toEqual([
    [undefined],
    [1],
  ]);
});

const HOSTILE = [
  "<script>window.hacked = 1</script></script><img src=x onerror='window.hacked = 1'>",
  "[click](javascript:window.hacked=1) [data](data:text/html,<script>window.hacked=1</script>)",
  "![x](https://example.com/track.png) <iframe src=javascript:window.hacked=1>",
  "\u001b[31m".repeat(30_000),
  "\u001b]8;;javascript:window.hacked=1\u0007link\u001b]8;;\u0007",
  "if (admin\u202E \u2066// nobody\u2069 \u2066) {",
  "x".repeat(5_000_000),
];

test("text that would do harm is only text", async () => {
  const tools = ["Bash", "Read", "Edit", "mcp__evil__tool", "Task", null];
  const steps = HOSTILE.flatMap((text, i) =>
    tools.map((name, j) =>
      step(`h${i}-${j}`, { name, kind: name ? "tool" : "response", target: text.slice(0, 5000) }),
    ),
  );
  const text = (id: string) => (HOSTILE[Number(/\d+/.exec(id)?.[0])] ?? "").slice(0, 1024 * 1024);
  const given = (text: string) => ({ command: text.slice(0, 5000), file_path: text, new_string: text });
  const content = (id: string): StepContent => ({
    ...{ result: text(id), text: text(id), from: "transcript", cut: false },
    input: JSON.stringify({ ...given(text(id).slice(0, 300_000)), old_string: "a" }),
  });
  const one = session([prompt("p", HOSTILE.join("\n").slice(0, 1_000_000), steps)], {
    title: HOSTILE[0] ?? "",
  });
  const opened = Object.fromEntries(steps.map(({ id }) => [id, true]));
  await using replay = await openReplay(
    browser,
    { session: one, content },
    { height: 30_000, state: { opened } },
  );
  const { page, errors } = replay;
  await expect.poll(() => page.locator(".card").count(), PATIENT).toBe(steps.length);
  await expect.poll(() => page.locator(".card.loading").count(), PATIENT).toBe(0);
  const seen = (await page.locator("body").textContent()) ?? "";
  const evil = "iframe, .scroller script, [onerror], a[href^=javascript], a[href^=data], img";
  expect(await page.locator(evil).count()).toBe(0);
  expect(await page.evaluate("window.hacked")).toBeUndefined();
  expect(seen.includes("if (admin[U+202E]")).toBe(true);
  for (const hidden of ["\u202e", "\u2066", "\u001b"]) expect(seen.includes(hidden)).toBe(false);
  expect(errors).toEqual([]);
});

test("filter, playhead, open cards and place survive a reload", async () => {
  const shown = { session: longSession(500), content: longContent };
  await using first = await openReplay(browser, shown);
  await first.page.getByRole("button", { name: /^Commands/ }).click();
  await first.page.keyboard.press("End");
  await first.page.keyboard.press("ArrowLeft");
  await expect
    .poll(first.state, PATIENT)
    .toMatchObject({ session: "s", current: "t497", opened: { t497: false } });
  await first.page.waitForTimeout(400);
  await using again = await openReplay(browser, shown, { state: await first.state() });
  await again.page.locator(".row.current:not(.open)").waitFor();
  expect(await again.page.locator(".chip[aria-pressed=true]").textContent()).toContain("Commands");
});

test("it plays: the playhead goes on, and the step that is reached is marked", async () => {
  await using replay = await openReplay(
    browser,
    { session: demo(), content: contentOf(demo()) },
    { state: { speed: 16 } },
  );
  const { page } = replay;
  await page.locator(".row").first().waitFor();
  await page.keyboard.press("Space");
  await page.locator(".row.current").waitFor();
  const place = () => page.getByRole("slider").getAttribute("aria-valuenow").then(Number);
  const before = await place();
  await expect.poll(place, PATIENT).toBeGreaterThan(before);
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("slider").focus();
  await page.keyboard.press("End");
  await expect.poll(() => page.locator(".clock").textContent(), PATIENT).toMatch(/^(.+) \/ \1$/);
});
