import type { Page } from "playwright-core";
import type { Version } from "./install.ts";
import { choose, runCommand } from "./quick-input.ts";

/** The four kinds of themes an extension has to look right in. */
export type Theme = "dark" | "light" | "hcDark" | "hcLight";

/** All of them, in the order of their screenshots. */
const THEMES = ["dark", "light", "hcDark", "hcLight"] as const satisfies Theme[];

/** Those of the screenshots: in high contrast the two versions look alike. */
export function themesOf(version: Version): readonly Theme[] {
  return version === "oldest" ? ["dark", "light"] : THEMES;
}

interface Names {
  /** Its value in settings.json, and its name in the list of themes. */
  oldest: [setting: string, label: string];
  newest: [setting: string, label: string];
  /** The class it gives to the workbench. */
  className: string;
}

const HC_DARK: [string, string] = ["Default High Contrast", "Dark High Contrast"];
const HC_LIGHT: [string, string] = ["Default High Contrast Light", "Light High Contrast"];

// What each version shows when nothing was chosen.
const TABLE: Record<Theme, Names> = {
  dark: {
    oldest: ["Default Dark Modern", "Dark Modern"],
    newest: ["Dark 2026", "Dark 2026"],
    className: "vs-dark",
  },
  light: {
    oldest: ["Default Light Modern", "Light Modern"],
    newest: ["Light 2026", "Light 2026"],
    className: "vs",
  },
  hcDark: { oldest: HC_DARK, newest: HC_DARK, className: "hc-black" },
  hcLight: { oldest: HC_LIGHT, newest: HC_LIGHT, className: "hc-light" },
};

/** The value of `workbench.colorTheme` for a theme. */
export function themeSetting(theme: Theme, version: Version): string {
  return TABLE[theme][version][0];
}

/** The theme a window shows now. */
export async function currentTheme(page: Page): Promise<Theme> {
  const classes = (await page.locator(".monaco-workbench").getAttribute("class"))?.split(" ") ?? [];
  const found = THEMES.find(theme => classes.includes(TABLE[theme].className));
  if (!found) throw new Error(`No known theme among the classes ${classes.join(" ")}`);
  return found;
}

/** Chooses a theme as a person does, from the list of themes. */
export async function chooseTheme(page: Page, theme: Theme, version: Version): Promise<void> {
  if ((await currentTheme(page)) === theme) return;
  await runCommand(page, "Preferences: Color Theme");
  await choose(page, TABLE[theme][version][1]);
  await page.locator(`.monaco-workbench.${TABLE[theme].className}`).waitFor();
}
