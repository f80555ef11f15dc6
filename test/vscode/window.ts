import { join } from "node:path";
import type { Frame, Page } from "playwright-core";
import { type Control, control } from "./control.ts";
import { eventually } from "./eventually.ts";
import type { Version } from "./install.ts";
import { signal } from "./processes.ts";
import { choose, enter, fill, goToFile, quickPicks, runCommand } from "./quick-input.ts";
import { readStartupTimes, type StartupTimes } from "./startup.ts";
import { SHOTS, type Step, stepsOf, takePicture } from "./step.ts";
import { editorTexts, lensTexts, tabNames } from "./text-editor.ts";
import { chooseTheme, currentTheme, type Theme, themesOf } from "./theme.ts";
import { Row, type RowInfo, readRows, viewPane } from "./tree.ts";
import { webviewFrame } from "./webview.ts";

/** What a window has to know of the VS Code it belongs to. */
export interface WindowOptions {
  version: Version;
  page: Page;
  /** Waits for the extension host which no other window has. */
  findHost: () => Promise<number>;
  onClose: (window: Window) => Promise<void>;
}

/** A window of VS Code, in the words of someone who uses it. */
export class Window {
  /** For what has no word here yet. */
  readonly page: Page;
  readonly #options: WindowOptions;
  readonly #step: Step;
  #host = 0;

  constructor(options: WindowOptions) {
    this.#options = options;
    this.page = options.page;
    this.#step = stepsOf(options.page, join(SHOTS, options.version));
  }

  /** The process id of its extension host. */
  get extensionHost(): number {
    return this.#host;
  }

  /** Opens its address and waits until VS Code can be used. */
  open(url: string): Promise<void> {
    return this.#step("open a window", async () => {
      await this.page.goto(url);
      await this.#ready();
    });
  }

  /** Runs a command from the palette, by the title it has there. */
  run(command: string): Promise<void> {
    return this.#step(`run "${command}" from the palette`, () => runCommand(this.page, command));
  }

  /** Chooses from the list that is open. */
  pick(label: string): Promise<void> {
    return this.#step(`pick "${label}"`, () => choose(this.page, label));
  }

  /** The labels of the list that is open. */
  picks(): Promise<string[]> {
    return quickPicks(this.page);
  }

  /** Types into the input box that is open. */
  type(text: string): Promise<void> {
    return this.#step(`type "${text}"`, () => fill(this.page, text));
  }

  /** Types into the input box that is open, and presses Enter. */
  enter(text: string): Promise<void> {
    return this.#step(`enter "${text}"`, () => enter(this.page, text));
  }

  /** Opens a file of the folder. */
  openFile(path: string): Promise<void> {
    return this.#step(`open the file ${path}`, () => goToFile(this.page, path));
  }

  /** Opens a container by its icon in the activity bar. */
  openView(container: string): Promise<void> {
    return this.#step(`open "${container}" in the activity bar`, async () => {
      // A badge adds its text after the name.
      const item = this.page.locator(".activitybar .action-item").filter({
        has: this.page.locator(
          `a[aria-label="${container}"], a[aria-label^="${container} - "], a[aria-label^="${container} ("]`,
        ),
      });
      const title = this.page.locator(".sidebar .composite.title").getByText(container).first();
      await item.waitFor();
      // Again when a window that is just coming back opened it at the same time: our click closed it then.
      await eventually(async () => {
        if ((await item.getAttribute("aria-selected")) !== "true") await item.click();
        await title.waitFor({ timeout: 2000 });
      });
    });
  }

  /** Puts the keyboard into a view of ours. */
  focusView(view: string): Promise<void> {
    return this.#step(`focus the view "${view}"`, async () => {
      await this.run(`Agent Trace: Focus on ${view} View`);
      await viewPane(this.page, view).locator(".monaco-list:focus").waitFor();
    });
  }

  /** The rows of a tree view which are in sight. */
  rows(view: string): Promise<RowInfo[]> {
    return this.#step(`read the view "${view}"`, () => readRows(viewPane(this.page, view)));
  }

  /** A row of a tree, by its exact label or a pattern. */
  row(label: string | RegExp, view?: string): Row {
    return new Row(
      this.page,
      view ? viewPane(this.page, view) : this.page.locator(".pane"),
      label,
      this.#step,
    );
  }

  /** The message of a view, or the welcome text it shows while it is empty. */
  viewText(view: string): Promise<string> {
    return this.#step(`read the text of "${view}"`, async () => {
      const texts = viewPane(this.page, view).locator(".message:visible, .welcome-view-content:visible");
      return (await texts.allInnerTexts()).join("\n").trim();
    });
  }

  /** A button in the welcome text of a view. */
  viewButton(label: string): Control {
    const button = this.page.locator(".welcome-view .monaco-button").getByText(label, { exact: true });
    return control(button.first(), `the button "${label}"`, this.#step);
  }

  /** A button in the title of a view. */
  viewAction(view: string, label: string): Control {
    const pane = viewPane(this.page, view);
    const shared = this.page.locator(".composite.title .title-actions"); // where a container has a single view
    const button = pane
      .locator(".pane-header .actions")
      .or(shared)
      .locator(`[role=button][aria-label^="${label}"]`);
    const name = `"${label}" in the title of "${view}"`;
    return control(button.first(), name, this.#step, pane.locator(".pane-body"));
  }

  /** An extension's item in the status bar, by `<publisher>.<name>.<item id>`. */
  statusItem(id: string): Control {
    return control(this.page.locator(`[id="${id}"]`), `the status item ${id}`, this.#step);
  }

  /** The texts of the notifications on the screen. */
  notifications(): Promise<string[]> {
    return this.page.locator(".notification-toast .notification-list-item-message").allInnerTexts();
  }

  /** The text of the dialog on the screen; empty when there is none. */
  async dialog(): Promise<string> {
    const texts = await this.page.locator(".monaco-dialog-box .dialog-message-container").allInnerTexts();
    return texts.join("\n");
  }

  /** Presses a button of a dialog or a notification. */
  press(button: string): Promise<void> {
    const asked = this.page.locator(".monaco-dialog-box, .notification-toast");
    const found = asked.getByRole("button", { name: button, exact: true }).first();
    return this.#step(`press "${button}"`, () => found.click());
  }

  /** The names of the open tabs. */
  tabs(): Promise<string[]> {
    return tabNames(this.page);
  }

  /** The lines in sight of each text editor in front; a diff has two. */
  editors(): Promise<string[]> {
    return editorTexts(this.page);
  }

  /** The code lenses in sight. */
  lenses(): Promise<string[]> {
    return lensTexts(this.page);
  }

  /** The frame of an extension's webview, by something in it; to be fetched again once it was hidden. */
  webview(selector: string): Promise<Frame> {
    return this.#step(`find a webview with ${selector}`, () => webviewFrame(this.page, selector));
  }

  /** What was copied last. */
  async clipboard(): Promise<string> {
    await this.page.bringToFront();
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** VS Code's own figures for the start of an extension. */
  startupTimes(...extensions: string[]): Promise<StartupTimes[]> {
    return this.#step("read the startup times", () => readStartupTimes(this.page, extensions));
  }

  /** Drags the edge of the side bar until it is about so wide. */
  narrow(width: number): Promise<void> {
    return this.#step(`make the side bar ${width} wide`, async () => {
      const box = await this.page.locator(".part.sidebar").boundingBox();
      if (!box) throw new Error("There is no side bar");
      const y = box.y + box.height / 2;
      await this.page.mouse.move(box.x + box.width, y);
      await this.page.mouse.down();
      await this.page.mouse.move(box.x + width, y, { steps: 5 });
      await this.page.mouse.up();
    });
  }

  /** Changes the theme. */
  theme(theme: Theme): Promise<void> {
    return this.#step(`choose the theme ${theme}`, () =>
      chooseTheme(this.page, theme, this.#options.version),
    );
  }

  /** Saves a picture as shots/<version>/<name>.<theme>.png, and returns its path. */
  async screenshot(name: string): Promise<string> {
    const path = join(SHOTS, this.#options.version, `${name}.${await currentTheme(this.page)}.png`);
    await this.page.mouse.move(1, 1);
    await this.page.waitForTimeout(500); // a tooltip or a list may still be fading
    await takePicture(this.page, path);
    return path;
  }

  /** Saves a picture in each theme, and returns to the one it was. */
  async screenshots(name: string, themes = themesOf(this.#options.version)): Promise<void> {
    const before = await currentTheme(this.page);
    for (const theme of themes) {
      await this.theme(theme);
      await this.screenshot(name);
    }
    await this.theme(before);
  }

  /** Reloads the window, and with it its extensions. */
  reload(): Promise<void> {
    return this.#step("reload the window", async () => {
      const loaded = this.page.waitForEvent("domcontentloaded");
      await this.run("Developer: Reload Window");
      await loaded;
      await this.#ready();
    });
  }

  /** Kills its extension host as a crash would; VS Code starts another one. */
  killExtensionHost(): Promise<void> {
    return this.#step("kill the extension host", async () => {
      signal(this.#host, "SIGKILL");
      await this.#ready();
    });
  }

  /** Closes the window. */
  async close(): Promise<void> {
    await this.#options.onClose(this);
    await this.page.close();
  }

  async #ready(): Promise<void> {
    await this.page.locator(".monaco-workbench .statusbar").waitFor({ timeout: 60_000 });
    const before = this.#host;
    this.#host = await eventually(async () => {
      const host = await this.#options.findHost();
      if (host === before) throw new Error(`The extension host ${host} still runs`);
      return host;
    }, 60_000);
  }
}
