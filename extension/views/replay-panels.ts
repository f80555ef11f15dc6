import { type Uri, ViewColumn, type WebviewPanel, window } from "vscode";
import { Lifetime } from "../base/lifetime.ts";
import type { Owner } from "../base/owner.ts";
import { views } from "../manifest.ts";
import type { Hinted, ToWebview } from "../pages.ts";
import type { SessionRow } from "../protocol.ts";
import type { Blames } from "./blames.ts";
import { onMoved } from "./open-file.ts";
import { showPage } from "./panel.ts";
import { type Replay, replayHost } from "./replay-host.ts";
import { answerCalls } from "./rpc.ts";

/** The replay panels of this window, one per session. */
export class ReplayPanels {
  readonly #life = new Lifetime();
  readonly #owner: Owner;
  readonly #blames: Blames;
  readonly #extension: Uri;
  readonly #replays = new Map<string, Replay>();

  constructor(owner: Owner, blames: Blames, extension: Uri) {
    this.#owner = owner;
    this.#blames = blames;
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
      hint(known.panel, "wanted");
    } else {
      const panel = window.createWebviewPanel(views.replay, session.title, ViewColumn.Active, {});
      this.#fill(panel, session.id, wanted);
    }
  }

  /** The session whose replay the user looks at. */
  get active(): string | undefined {
    return [...this.#replays.values()].find(({ panel }) => panel.active)?.id;
  }

  /** The panels stay: the editor restores them after a reload. */
  close(): Promise<void> {
    return this.#life.close();
  }

  #fill(panel: WebviewPanel, id: string, wanted?: string): void {
    const replay: Replay = { id, panel, wanted };
    this.#replays.set(id, replay);
    panel.onDidDispose(() => this.#replays.delete(id));
    const { life } = showPage(panel, {
      ...{ owner: this.#owner, extension: this.#extension, page: "replay", pause: 100 },
      concerns: hint => hint.kind === "session" && hint.session === id,
    });
    life.add(answerCalls(panel.webview, replayHost(this.#owner, this.#blames, replay)));
    life.add(onMoved(() => panel.visible && hint(panel, "moved")));
  }
}

function hint(panel: WebviewPanel, hint: Hinted): void {
  void panel.webview.postMessage({ hint } satisfies ToWebview);
}
