import { type Memento, type Uri, ViewColumn, type WebviewPanel, window } from "vscode";
import { Lifetime } from "../base/lifetime.ts";
import type { Owner } from "../base/owner.ts";
import { onAnyChange } from "../base/setting.ts";
import { views } from "../manifest.ts";
import { billHost } from "./bill-host.ts";
import { showPage } from "./panel.ts";
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
    panel.onDidDispose(() => {
      if (this.#panel === panel) this.#panel = undefined;
    });
    const shown = { owner, extension, page: "bill", concerns: () => true, pause: PAUSE };
    const { life, changed } = showPage(panel, shown);
    life.add(answerCalls(panel.webview, billHost(this.#scope)));
    life.add(onAnyChange(Object.values(settings), changed));
  }
}
