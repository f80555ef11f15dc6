import { type Memento, Uri, ViewColumn, type WebviewPanel, window } from "vscode";
import { debounce } from "../base/debounce.ts";
import { Lifetime } from "../base/lifetime.ts";
import type { Owner } from "../base/owner.ts";
import { onAnyChange } from "../base/setting.ts";
import { views } from "../manifest.ts";
import type { ToWebview } from "../pages.ts";
import { billHost } from "./bill-host.ts";
import { pageHtml } from "./page.ts";
import type { ReplayPanels } from "./replay-panels.ts";
import { answerCalls } from "./rpc.ts";
import type { MoneySettings } from "./spending.ts";

/** What the bill is made with. */
export interface BillScope {
  owner: Owner;
  extension: Uri;
  replays: ReplayPanels;
  settings: MoneySettings;
  /** Where it is kept which findings were dismissed. */
  memory: Memento;
}

/** While a session is at work, its bill need not be counted anew at each step. */
const PAUSE = 2000;

/** The bill of this window. */
export class BillPanel {
  readonly #life = new Lifetime();
  readonly #scope: BillScope;
  #panel: WebviewPanel | undefined;

  constructor(scope: BillScope) {
    this.#scope = scope;
    // After a reload the editor hands back the panel, and its page knows what was chosen in it.
    const deserializeWebviewPanel = async (panel: WebviewPanel) => this.#fill(panel);
    this.#life.add(window.registerWebviewPanelSerializer(views.bill, { deserializeWebviewPanel }));
  }

  /** Opens the bill, or brings it to the front. */
  open(): void {
    if (this.#panel) this.#panel.reveal();
    else this.#fill(window.createWebviewPanel(views.bill, "The Bill", ViewColumn.Active, {}));
  }

  /** The panel stays: the editor restores it after a reload. */
  close(): Promise<void> {
    return this.#life.close();
  }

  #fill(panel: WebviewPanel): void {
    const { owner, extension, settings } = this.#scope;
    this.#panel = panel;
    const life = new Lifetime();
    panel.onDidDispose(() => {
      if (this.#panel === panel) this.#panel = undefined;
      void life.close();
    });
    life.add(answerCalls(panel.webview, billHost(this.#scope)));
    const changed = life.add(
      debounce(
        () => void panel.webview.postMessage({ hint: "changed" } satisfies ToWebview),
        () => PAUSE,
      ),
    );
    // A hidden page is gone, and asks when it is built again.
    life.add(owner.hints.on(() => panel.visible && changed()));
    life.add(owner.statusChanged.on(status => status.kind === "joined" && panel.visible && changed()));
    life.add(onAnyChange(Object.values(settings), changed));
    panel.webview.options = { enableScripts: true, localResourceRoots: [Uri.joinPath(extension, "dist")] };
    panel.webview.html = pageHtml(panel.webview, extension, "bill");
  }
}
