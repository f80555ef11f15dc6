import { EventEmitter, type TreeDataProvider, type TreeView, commands as vscode, window } from "vscode";
import { debounce } from "../base/debounce.ts";
import { reason } from "../base/expected-error.ts";
import { Lifetime } from "../base/lifetime.ts";
import type { Owner } from "../base/owner.ts";
import { Signal } from "../base/signal.ts";
import { commands, contexts, views } from "../manifest.ts";
import type { SessionRow } from "../protocol.ts";
import type { Arrangement } from "./arrangement.ts";
import { type GroupBy, grouped } from "./groups.ts";
import { type Answer, Listing } from "./listing.ts";
import { badgeOf, type LiveSessions } from "./live.ts";
import { nested } from "./nesting.ts";
import { itemOf, type Node, withTooltip } from "./nodes.ts";
import { messageOf, noticesOf, welcomeOf } from "./notices.ts";
import { WholeSessions } from "./whole-sessions.ts";

/** The tree in the sidebar: groups, their sessions, and in each its prompts and steps. */
export class SessionsView implements TreeDataProvider<Node> {
  readonly #life = new Lifetime();
  readonly #owner: Owner;
  readonly #arrangement: Arrangement;
  readonly #listing: Listing;
  readonly #view: TreeView<Node>;
  readonly #changed = this.#life.add(new EventEmitter<void>());
  readonly #sessions: WholeSessions;
  /** What the rows show; none when it is out of date and nobody looks. */
  #answer: Answer | undefined;
  #selection: readonly Node[] = [];
  #selectedBefore: readonly Node[] = [];
  #asked = 0;
  #shown = 0;
  // The first news is shown at once; then there is a pause that grows with what an answer takes, so that a busy
  // recorder is not asked all the time.
  #pauseEnds = 0;
  #endProgress: (() => void) | undefined;
  /** The row that the user goes to. */
  readonly chosen = new Signal<Node | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly getTreeItem = itemOf;
  readonly resolveTreeItem = withTooltip;

  constructor(owner: Owner, arrangement: Arrangement, live: LiveSessions) {
    this.#owner = owner;
    this.#arrangement = arrangement;
    this.#listing = new Listing(owner, arrangement);
    this.#sessions = new WholeSessions(owner);
    this.#view = this.#life.add(
      window.createTreeView<Node>(views.sessions, {
        ...{ treeDataProvider: this, showCollapseAll: true, canSelectMany: true },
      }),
    );
    const refresh = debounce(
      () => void this.refresh(),
      () => Math.max(this.#pauseEnds - Date.now(), 0),
    );
    for (const thing of [
      refresh,
      this.#view.onDidChangeSelection(({ selection }) => {
        this.#selectedBefore = this.#selection;
        this.#selection = selection;
        this.chosen.fire(this.toggled ?? selection[0]);
      }),
      owner.hints.on(hint => this.#sessions.forget(hint)),
      owner.hints.on(refresh),
      owner.statusChanged.on(() => {
        this.#sessions.forget({ kind: "state" });
        tell({ [contexts.demo]: owner.place.demo !== undefined });
      }),
      owner.statusChanged.on(refresh),
      arrangement.changed.on(() => void this.refresh()),
      live.due.on(refresh),
      live.changed.on(sessions => {
        this.#view.badge = badgeOf(sessions);
      }),
    ])
      this.#life.add(thing);
  }

  /** The row that was selected or not any more just now. The editor tells nobody which row has the focus, but to toggle it does. */
  get toggled(): Node | undefined {
    const now = this.#selection;
    const before = this.#selectedBefore;
    return now.find(node => !before.includes(node)) ?? before.find(node => !now.includes(node));
  }

  /** The rows that were selected before one of them was toggled, or that one alone. */
  get meant(): readonly Node[] {
    const { toggled } = this;
    if (!toggled) return [];
    return this.#selectedBefore.includes(toggled) ? this.#selectedBefore : [toggled];
  }

  /**
   * Asks the owner again, and changes the rows when it has answered: VS Code forgets those it has when it asks us for
   * new ones, and a command that is chosen meanwhile would not know of which row it is.
   */
  readonly refresh = async (): Promise<void> => {
    if (this.#view.visible) {
      const turn = ++this.#asked;
      const answer = await this.#ask();
      if (turn < this.#shown) return; // a later question was answered first
      this.#shown = turn;
      this.#answer = answer;
    } else this.#answer = undefined;
    this.#changed.fire();
  };

  /** Shows another page of sessions. */
  showMore(): Promise<void> {
    this.#listing.more();
    return this.refresh();
  }

  async getChildren(node?: Node): Promise<Node[]> {
    switch (node?.kind) {
      case undefined:
        return this.#top();
      case "group":
        return node.group.sessions.map(session => ({ kind: "session", session }));
      case "session":
        return this.#prompts(node.session);
      case "prompt":
        return node.below.map(nested => ({ kind: "step", nested, session: node.session }));
      case "step":
        return node.nested.below.map(nested => ({ kind: "step", nested, session: node.session }));
      default:
        return [];
    }
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  async #prompts(session: SessionRow): Promise<Node[]> {
    try {
      const { prompts, subagents } = await this.#sessions.of(session.id);
      return prompts.map(prompt => ({
        ...{ kind: "prompt", prompt, session },
        below: nested(prompt.steps, subagents),
      }));
    } catch (error) {
      const notice = { label: reason(error), why: "", command: commands.refresh, action: "Ask again" };
      return [{ kind: "notice", notice }];
    }
  }

  async #top(): Promise<Node[]> {
    this.#answer ??= await this.#ask();
    const { state, sessions, more, problem } = this.#answer;
    const { place, status } = this.#owner;
    const arranged = this.#arrangement.now;
    const welcome = welcomeOf(status, state, arranged);
    const problems = noticesOf(status, state, problem);
    this.#showProgress(welcome === "reading");
    this.#view.message = messageOf(place, problems, sessions.length > 0, arranged);
    tell({
      [contexts.welcome]: welcome,
      [contexts.narrowed]: arranged.filter !== "" || arranged.here,
    });
    const notices = problems.map(notice => ({ kind: "notice", notice }) as const);
    return [...notices, ...rowsOf(sessions, arranged.group), ...(more ? [{ kind: "more" } as const] : [])];
  }

  async #ask(): Promise<Answer> {
    const asked = Date.now();
    const answer = await this.#listing.ask();
    const answered = Date.now();
    this.#pauseEnds = answered + Math.max(100, 3 * (answered - asked));
    return answer;
  }

  /** The bar at the top of the view, from the first answer that says so to the first that does not. */
  #showProgress(busy: boolean): void {
    if (busy === (this.#endProgress !== undefined)) return;
    this.#endProgress?.();
    this.#endProgress = undefined;
    if (!busy) return;
    const ended = new Promise<void>(resolve => {
      this.#endProgress = resolve;
    });
    void window.withProgress({ location: { viewId: views.sessions } }, () => ended);
  }
}

function rowsOf(sessions: SessionRow[], by: GroupBy): Node[] {
  if (by === "nothing") return sessions.map(session => ({ kind: "session", session }));
  return grouped(sessions, by, Date.now()).map(group => ({ kind: "group", group }));
}

function tell(values: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(values)) void vscode.executeCommand("setContext", key, value);
}
