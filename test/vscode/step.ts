import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Page } from "playwright-core";

/** Runs one step of a person, named so that "Could not …" makes a sentence. */
export type Step = <T>(what: string, work: () => Promise<T>) => Promise<T>;

/** A step that did not work, with a picture of what was to be seen. */
class StepError extends Error {
  constructor(what: string, picture: string, cause: unknown) {
    super(`Could not ${what}: ${reason(cause)}\nScreenshot: ${picture}`);
  }
}

// Of Playwright's long report only what it waited for.
function reason(cause: unknown): string {
  const [first = "", rest = ""] = (cause instanceof Error ? cause.message : String(cause)).split(
    "\nCall log:\n",
  );
  const waiting = /waiting for .*/.exec(stripVTControlCharacters(rest))?.[0];
  return waiting ? `${first} ${waiting}` : first;
}

/** The folder of the screenshots. */
export const SHOTS = join(import.meta.dirname, "shots");

/** Makes the steps of one page: a failing one says which it was and leaves a screenshot in the folder. */
export function stepsOf(page: Page, folder: string): Step {
  return async (what, work) => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof StepError) throw error; // a step inside this one
      const picture = join(folder, "failed", `${fileName(what)}.png`);
      await takePicture(page, picture);
      throw new StepError(what, picture, error);
    }
  };
}

/** Saves what a page shows; a page which is gone leaves none. */
export async function takePicture(page: Page, path: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path }).catch(() => {});
}

/** A name for a file, from any text. */
export function fileName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 80);
}
