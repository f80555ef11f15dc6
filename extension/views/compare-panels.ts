import { type Uri, ViewColumn, type WebviewPanel, window } from "vscode";
import { ExpectedError } from "../base/expected-error.ts";
import { harmless, oneLine } from "../base/format.ts";
import { Lifetime } from "../base/lifetime.ts";
import type { Owner } from "../base/owner.ts";
import { sideOf } from "../base/side.ts";
import { views } from "../manifest.ts";
import type { CompareHost, Pair, Part, Side } from "../pages.ts";
import { showPage } from "./panel.ts";
import type { ReplayPanels } from "./replay-panels.ts";
import { answerCalls } from "./rpc.ts";

/** While a session is at work, its sums need not be told at each step. */
const PAUSE = 500;

/** The comparisons of this window. */
export class ComparePanels {
  readonly #life = new Lifetime();
  readonly #owner: Owner;
  readonly #extension: Uri;
  readonly #replays: ReplayPanels;

  constructor(owner: Owner, extension: Uri, replays: ReplayPanels) {
    this.#owner = owner;
    this.#extension = extension;
    this.#replays = replays;
    // After a reload the editor hands back the panels that were open, with the state their page left.
    const deserializeWebviewPanel = async (panel: WebviewPanel, state?: { pair?: Pair }) =>
      state?.pair ? this.#fill(panel, state.pair) : panel.dispose();
    this.#life.add(window.registerWebviewPanelSerializer(views.compare, { deserializeWebviewPanel }));
  }

  /** Shows two sessions, or two prompts, beside each other. */
  open(pair: Pair): void {
    this.#fill(window.createWebviewPanel(views.compare, "Comparison", ViewColumn.Active, {}), pair);
  }

  /** The panels stay: the editor restores them after a reload. */
  close(): Promise<void> {
    return this.#life.close();
  }

  #fill(panel: WebviewPanel, pair: Pair): void {
    const sessions = pair.map(({ session }) => session);
    const { life } = showPage(panel, {
      ...{ owner: this.#owner, extension: this.#extension, page: "compare", pause: PAUSE },
      concerns: hint => hint.kind === "session" && sessions.includes(hint.session),
    });
    life.add(answerCalls(panel.webview, this.#host(panel, pair)));
  }

  #host(panel: WebviewPanel, pair: Pair): CompareHost {
    return {
      pair: async () => pair,
      sides: async () => {
        const [a, b] = pair;
        const sides = await Promise.all([this.#side(a), this.#side(b)]);
        panel.title = sides.map(side => harmless(nameOf(side))).join(" ↔ ");
        return sides;
      },
      openReplay: async (session, at) =>
        this.#replays.open(await this.#owner.session(session), at ?? undefined),
    };
  }

  async #side({ session, prompt }: Part): Promise<Side> {
    const side = sideOf(await this.#owner.session(session), prompt);
    if (!side)
      throw new ExpectedError("This prompt is not in its session any more. Compare it with another.");
    return side;
  }
}

function nameOf({ prompt, prompts, title }: Side): string {
  return oneLine((prompt !== undefined && prompts[0]?.text) || title, 24);
}
