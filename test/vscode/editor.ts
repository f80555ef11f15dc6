import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext } from "playwright-core";
import { step } from "../../.scripts/step.mjs";
import { isolateWebviews, launchBrowser } from "./browser.ts";
import { type Folder, throwAwayFolder } from "./folder.ts";
import { type Home, hermeticEnv } from "./home.ts";
import { installVSCode, type Version } from "./install.ts";
import { type ExtensionHost, extensionHosts } from "./processes.ts";
import { installVsix, type Server, type ServerOptions, startServer } from "./server.ts";
import { type Settings, writeSettings } from "./settings.ts";
import { type Theme, themeSetting } from "./theme.ts";
import { Window } from "./window.ts";
import { forgetWindow, watchWindow } from "./witness.ts";

/** Which VS Code to open, and with what. */
export interface EditorOptions {
  version: Version;
  home: Home;
  /** The extension to install. */
  vsix?: string;
  settings?: Settings;
  /** False opens folders in Restricted Mode, as VS Code does with unknown ones. */
  trust?: boolean;
  theme?: Theme;
  env?: Record<string, string>;
}

/** Opens a VS Code with nothing in it but the given extension and settings. */
export async function openVSCode(options: EditorOptions): Promise<Editor> {
  const { version, home, vsix, trust = true, theme = "dark" } = options;
  const folder = throwAwayFolder("vscode");
  const timezoneId = afternoon(new Date());
  const env = { ...hermeticEnv(home.path), TZ: timezoneId, ...options.env };
  const install = await installVSCode(version, step);
  const start: ServerOptions = { install, data: folder.path, env };
  writeSettings(folder.path, {
    "workbench.colorTheme": themeSetting(theme, version),
    ...(trust ? {} : RESTRICTED),
    ...options.settings,
  });
  if (vsix) await installVsix(start, vsix);
  const [server, browser] = await Promise.all([startServer(start), launchBrowser(env)]);
  const context = await browser.newContext({
    viewport: { width: 1400, height: 900 },
    timezoneId,
    permissions: ["clipboard-read", "clipboard-write"],
  });
  context.setDefaultTimeout(20_000);
  return new Editor({ version, folder, start, server, browser, context });
}

/** A time zone where it is between two and three now: what was a few hours ago was today, whenever tests run. */
function afternoon(now: Date): string {
  const ahead = 14 - now.getUTCHours();
  return `Etc/GMT${ahead > 0 ? "-" : "+"}${Math.abs(ahead)}`; // the other way round, as POSIX has it
}

const RESTRICTED: Settings = {
  "security.workspace.trust.enabled": true,
  "security.workspace.trust.startupPrompt": "never",
};

interface Parts {
  version: Version;
  folder: Folder;
  start: ServerOptions;
  server: Server;
  browser: Browser;
  context: BrowserContext;
}

/** A running VS Code: one server, and a browser with its windows. */
export class Editor implements AsyncDisposable {
  readonly #parts: Parts;
  readonly #windows = new Set<Window>();
  #server: Server;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#server = parts.server;
  }

  /** Opens a window on a folder; each has an extension host of its own. */
  async window(folder: string): Promise<Window> {
    const page = await this.#parts.context.newPage();
    await isolateWebviews(page, this.#server);
    const window = new Window({
      version: this.#parts.version,
      page,
      findHost: async () => this.#findHost(window),
      onClose: closed => this.#forget(closed),
    });
    this.#windows.add(window);
    watchWindow(page);
    await window.open(`${this.#server.url}?folder=${encodeURIComponent(folder)}`);
    return window;
  }

  /** The extension hosts which run now. */
  extensionHosts(): ExtensionHost[] {
    return extensionHosts(this.#server.pid);
  }

  /** The folder an extension gets as its global storage. */
  storage(extension: string): string {
    return join(this.#parts.folder.path, "data/User/globalStorage", extension);
  }

  /** All that an extension has written to its log channels. */
  log(extension: string): string {
    const logs = join(this.#parts.folder.path, "data/logs");
    if (!existsSync(logs)) return "";
    const files = readdirSync(logs, { recursive: true, encoding: "utf8" });
    const own = files.filter(file => file.includes(`/${extension}/`) && file.endsWith(".log")).sort();
    return own.map(file => readFileSync(join(logs, file), "utf8")).join("");
  }

  /** Kills the server and its extension hosts amid their work, as a power cut would. */
  async kill(): Promise<void> {
    await this.#server.kill();
  }

  /** Starts again on the same data, without windows. */
  async restart(): Promise<void> {
    for (const window of this.#windows) await window.close();
    await this.#server.stop();
    this.#server = await startServer(this.#parts.start);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const window of this.#windows) await window.close();
    await this.#parts.browser.close();
    await this.#server.stop();
    await this.#parts.folder[Symbol.asyncDispose]();
  }

  #findHost(window: Window): number {
    const taken = [...this.#windows].filter(other => other !== window).map(other => other.extensionHost);
    const host = this.extensionHosts().findLast(({ pid }) => !taken.includes(pid));
    if (!host) throw new Error("No extension host runs for this window");
    return host.pid;
  }

  async #forget(window: Window): Promise<void> {
    this.#windows.delete(window);
    await forgetWindow(window.page);
  }
}
