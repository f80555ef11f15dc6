import { StatusBarAlignment, type StatusBarItem, ThemeColor, window } from "vscode";
import { count, harmless } from "../base/format.ts";
import { Lifetime } from "../base/lifetime.ts";
import { commands } from "../manifest.ts";
import type { SessionRow } from "../protocol.ts";
import { currentOf, currentSum } from "./current.ts";
import { workspaceFolders } from "./listing.ts";
import type { LiveSessions } from "./live.ts";
import { storyTooltip } from "./nodes.ts";
import { LOOKS, spokenOf } from "./session-row.ts";

/** What the agent in this workspace does now, in the status bar; nothing when there is none. */
export class StatusBar {
  readonly #life = new Lifetime();
  readonly #item: StatusBarItem;

  constructor(live: LiveSessions) {
    this.#item = this.#life.add(window.createStatusBarItem("session", StatusBarAlignment.Left, -1));
    this.#item.name = "Agent Trace: Session";
    this.#life.add(live.changed.on(sessions => this.#show(currentOf(sessions, workspaceFolders()))));
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  #show(session: SessionRow | undefined): void {
    const item = this.#item;
    if (!session) {
      item.hide();
      return;
    }
    item.text = `$(${LOOKS[session.status].icon}) ${harmless(currentSum(session))}`;
    item.tooltip = storyTooltip(session);
    if (session.context !== undefined)
      item.tooltip.appendMarkdown(`_Context_\u2002${count(session.context, "token")}`);
    item.accessibilityInformation = { label: `Claude Code: ${spokenOf(session, Date.now())}` };
    item.backgroundColor =
      session.status === "asking" ? new ThemeColor("statusBarItem.warningBackground") : undefined;
    const node = { kind: "session", session };
    item.command = { command: commands.openReplay, title: "Open Replay", arguments: [node] };
    item.show();
  }
}
