import { Uri, ViewColumn, type WebviewPanel, window } from "vscode";
import { debounce } from "../base/debounce.ts";
import { Lifetime } from "../base/lifetime.ts";
import type { Owner } from "../base/owner.ts";
import { views } from "../manifest.ts";
import type { ToWebview } from "../pages.ts";
import type { SessionRow } from "../protocol.ts";
import { pageHtml } from "./page.ts";
import { type Replay, replayHost } from "./replay-host.ts";
import { answerCalls } from "./rpc.ts";

/** The replay panels of this window, one per session. */
export class ReplayPanels {
  readonly #life = new Lifetime();
  readonly #owner: Owner;
  readonly #extension: Uri;
  readonly #replays = new Map<string, Replay>();

  constructor(owner: Owner, extension: Uri) {
    this.#owner = owner;
    this.#extension = extension;
    // After a reload the editor hands back the panels that were open, with the state their page left.
    const deserializeWebviewPanel = async (panel: WebviewPanel, state?: { session?: string }) =>
      state?.session ? this.#fill(panel, state.session) : panel.dispose();
    this.#life.add(window.registerWebviewPanelSerializer(views.replay, { deserializeWebviewPanel }));
  }

  /** Opens a session's replay, or brings it to the front; at a step or a prompt, if one is wanted. */
  open(session: Pick<SessionRow, "id" | "title">, wanted?: string): void {
    const known = this.#replays.get(session.id);
    if (known) {
      known.wanted = wanted;
      known.panel.reveal();
      void known.panel.webview.postMessage({ hint: "wanted" } satisfies ToWebview);
    } else {
      const panel = window.createWebviewPanel(views.replay, session.title, ViewColumn.Active, {});
      this.#fill(panel, session.id, wanted);
    }
  }

  /** The panels stay: the editor restores them after a reload. */
  close(): Promise<void> {
    return this.#life.close();
  }

  #fill(panel: WebviewPanel, id: string, wanted?: string): void {
    const replay: Replay = { id, panel, wanted };
    this.#replays.set(id, replay);
    const life = new Lifetime();
    panel.onDidDispose(() => {
      this.#replays.delete(id);
      void life.close();
    });
    life.add(answerCalls(panel.webview, replayHost(this.#owner, replay)));
    const changed = life.add(
      debounce(
        () => void panel.webview.postMessage({ hint: "changed" } satisfies ToWebview),
        () => 100,
      ),
    );
    // A hidden page is gone, and asks when it is built again.
    life.add(
      this.#owner.hints.on(
        hint => hint.kind === "session" && hint.session === id && panel.visible && changed(),
      ),
    );
    life.add(this.#owner.statusChanged.on(status => status.kind === "joined" && panel.visible && changed()));
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: [Uri.joinPath(this.#extension, "dist")],
    };
    panel.webview.html = pageHtml(panel.webview, this.#extension, "replay");
  }
}
