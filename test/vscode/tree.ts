import type { Locator, Page } from "playwright-core";
import { eventually } from "./eventually.ts";
import type { Step } from "./step.ts";

/** One row of a tree as it is on the screen. */
export interface RowInfo {
  label: string;
  description: string;
  /** 1 for the outermost rows. */
  level: number;
  /** Left out where there is nothing to expand. */
  expanded?: boolean;
  /** The codicon's name, without its prefix. */
  icon?: string;
}

/** The view of that name, wherever it is. */
export function viewPane(page: Page, name: string): Locator {
  // A description that follows the name stands in the label too.
  const header = `.pane-header[aria-label="${name} Section"], .pane-header:has(.title:text-is("${name}"))`;
  return page.locator(".pane").filter({ has: page.locator(header) });
}

/** The rows of a view which are scrolled into sight, from top to bottom. */
export async function readRows(pane: Locator): Promise<RowInfo[]> {
  const raw = await pane.locator(".monaco-list-row").evaluateAll(rows =>
    rows.map(row => ({
      index: Number(row.getAttribute("data-index")),
      label: row.querySelector(".label-name")?.textContent ?? "",
      description: row.querySelector(".label-description")?.textContent ?? "",
      level: Number(row.getAttribute("aria-level")),
      expanded: row.getAttribute("aria-expanded"),
      icon: row.querySelector(".custom-view-tree-node-item-icon")?.className ?? "",
    })),
  );
  const sorted = raw.sort((a, b) => a.index - b.index);
  return sorted.map(({ label, description, level, expanded, icon }) => {
    const name = /\bcodicon-(?!colored|modifier)([\w-]+)/.exec(icon)?.[1];
    const expandable = expanded === null ? {} : { expanded: expanded === "true" };
    return { label, description, level, ...expandable, ...(name ? { icon: name } : {}) };
  });
}

/** A row of a tree, found anew for each step, by its exact label or a pattern. */
export class Row {
  readonly #page: Page;
  readonly #scope: Locator;
  readonly #row: Locator;
  readonly #name: string;
  readonly #step: Step;

  constructor(page: Page, scope: Locator, label: string | RegExp, step: Step) {
    this.#page = page;
    this.#scope = scope;
    this.#name = String(label);
    this.#step = step;
    const text = page.locator(".label-name").getByText(label, { exact: true });
    this.#row = scope.locator(".monaco-list-row").filter({ has: text }).first();
  }

  /** Clicks it, which also runs the command of the row. */
  click(): Promise<void> {
    return this.#do("click the row", () => this.#row.locator(".label-name").click());
  }

  /** Selects it beside what is selected. */
  add(): Promise<void> {
    return this.#do("select the row, too,", () =>
      this.#row.locator(".label-name").click({ modifiers: ["ControlOrMeta"] }),
    );
  }

  /** Opens it; does nothing where it is open already. */
  expand(): Promise<void> {
    return this.#do("expand the row", () => this.#turn("true"));
  }

  /** Closes it; does nothing where it is closed already. */
  collapse(): Promise<void> {
    return this.#do("collapse the row", () => this.#turn("false"));
  }

  /** Chooses an entry of its context menu. */
  contextMenu(entry: string): Promise<void> {
    return this.#do(`choose "${entry}" in the menu of the row`, async () => {
      await this.#row.click({ button: "right" });
      const item = this.#page.getByRole("menuitem", { name: entry, exact: true });
      await item.hover();
      await this.#page.waitForTimeout(300); // a click right after the menu opened counts as part of the one before
      await item.click();
    });
  }

  /** Clicks one of the buttons it shows under the mouse. */
  action(name: string): Promise<void> {
    return this.#do(`click "${name}" in the row`, async () => {
      await this.#row.hover();
      await this.#row.locator(`.actions [aria-label^="${name}"]`).click();
    });
  }

  /** The text which appears under the mouse. */
  tooltip(): Promise<string> {
    return this.#do("read the tooltip of the row", async () => {
      const hover = this.#page.locator(".monaco-hover:visible");
      // Again when the row moved away under the mouse, as when a message came above it.
      await eventually(async () => {
        await this.#page.mouse.move(1, 1);
        await this.#row.locator(".label-name").hover();
        await hover.first().waitFor({ timeout: 3000 });
      }, 15_000);
      return (await hover.allInnerTexts()).join("\n").trim();
    });
  }

  // The tooltip of the row the mouse was on would lie over this one.
  #do<T>(what: string, work: () => Promise<T>): Promise<T> {
    return this.#step(`${what} "${this.#name}"`, async () => {
      await this.#page.mouse.move(1, 1);
      return work();
    });
  }

  async #turn(expanded: "true" | "false"): Promise<void> {
    await this.#row.waitFor();
    if ((await this.#row.getAttribute("aria-expanded")) === expanded) return;
    const rows = await this.#scope.locator(".monaco-list-row").count();
    await this.#row.locator(".monaco-tl-twistie").click();
    await this.#row.and(this.#page.locator(`[aria-expanded="${expanded}"]`)).waitFor();
    // Its children come a moment later; not at all when they lie below the edge.
    await eventually(async () => {
      if ((await this.#scope.locator(".monaco-list-row").count()) === rows)
        throw new Error("No row came or went");
    }, 1500).catch(() => {});
  }
}
