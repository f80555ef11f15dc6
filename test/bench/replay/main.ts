import type { Browser } from "playwright-core";
import { longContent, longSession } from "../../browser/long-session.ts";
import { plainList } from "../../browser/plain-list.ts";
import { openReplay } from "../../browser/replay-page.ts";
import { launchBrowser } from "../../vscode/browser.ts";

/** What a page took, in milliseconds and megabytes. */
interface Took {
  /** From the host's answer to the first rows on the screen. */
  first: number;
  heap: number;
  frames: number[];
  /** To draw all rows at once, without a list that is windowed and with nothing in them. */
  plain: number;
}

const ROUNDS = 3;

// Down by half a screen a frame, over cards that are asked for and drawn on the way.
const SCROLL = `new Promise(async done => {
  const scroller = document.querySelector(".scroller");
  const frames = [];
  for (let i = 0, last = performance.now(); i < 120; i++) {
    scroller.scrollTop += 300;
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    frames.push(now - last);
    last = now;
  }
  done(frames);
})`;

async function measure(browser: Browser, steps: number): Promise<Took> {
  await using replay = await openReplay(browser, { session: longSession(steps), content: longContent });
  const { page } = replay;
  await page.locator(".row").first().waitFor();
  await page.waitForTimeout(500);
  const first: number = await page.evaluate("window.shownAt - window.answeredAt");
  const frames: number[] = await page.evaluate(SCROLL);
  const heap: number = await page.evaluate("performance.memory.usedJSHeapSize / 1e6");
  return { first, heap, frames, plain: await page.evaluate(plainList(steps)) };
}

function share(numbers: number[], of: number): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) * of)] ?? 0;
}

async function main(): Promise<void> {
  const browser = await launchBrowser(process.env);
  console.log(
    `The median of ${ROUNDS} rounds, in ms; frames while scrolling: half of them below, 95 % below.`,
  );
  console.log("   steps   first content   all rows at once, bare   frames        heap");
  for (const steps of [100, 1000, 10_000]) {
    const rounds: Took[] = [];
    for (let i = 0; i < ROUNDS; i++) rounds.push(await measure(browser, steps));
    const half = (of: (took: Took) => number) => share(rounds.map(of), 0.5).toFixed(0);
    const frames = rounds.flatMap(took => took.frames);
    console.log(
      `${String(steps).padStart(8)} ${half(took => took.first).padStart(15)} ${half(took => took.plain).padStart(24)}` +
        `   ${share(frames, 0.5).toFixed(0)}, ${share(frames, 0.95).toFixed(0)}`.padEnd(16) +
        `${half(took => took.heap)} MB`,
    );
  }
  await browser.close();
}

void main();
