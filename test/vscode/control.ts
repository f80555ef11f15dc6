import type { Locator } from "playwright-core";
import type { Step } from "./step.ts";

/** Something on the screen to click or to read. */
export interface Control {
  click(): Promise<void>;
  /** What it says; icons have no text. */
  text(): Promise<string>;
  /** What a screen reader says: the tooltip is part of it. */
  label(): Promise<string>;
  isVisible(): Promise<boolean>;
}

/** Makes a control of an element; some appear only under the mouse. The name is for the message when it fails. */
export function control(locator: Locator, name: string, step: Step, shownOver?: Locator): Control {
  return {
    click: () =>
      step(`click ${name}`, async () => {
        await shownOver?.hover();
        await locator.click();
      }),
    text: () => step(`read ${name}`, async () => ((await locator.textContent()) ?? "").trim()),
    label: () => step(`read ${name}`, async () => (await locator.getAttribute("aria-label")) ?? ""),
    isVisible: () => locator.isVisible(),
  };
}
