import { EventEmitter, type TreeDataProvider, type TreeView, commands as vscode, window } from "vscode";
import { debounce } from "../base/debounce.ts";
import { reason } from "../base/expected-error.ts";
import { Lifetime } from "../base/lifetime.ts";
import type { Owner } from "../base/owner.ts";
import { commands, contexts, views } from "../manifest.ts";
import type { Hint, Place, RecorderState, Session, SessionRow } from "../protocol.ts";
import { grouped } from "./groups.ts";
import { nested } from "./nesting.ts";
import { itemOf, type Node } from "./nodes.ts";
import { messageOf, noticesOf, welcomeOf } from "./notices.ts";

interface Answer {
  place: Place;
  state?: RecorderState;
  sessions: SessionRow[];
  problem?: string;
}

/** The tree in the sidebar: days, their sessions, and in each its prompts and steps. */
export class SessionsView implements TreeDataProvider<Node> {
  readonly #life = new Lifetime();
  readonly #owner: Owner;
  readonly #view: TreeView<Node>;
  readonly #changed = this.#life.add(new EventEmitter<void>());
  /** What the rows show; none when it is out of date and nobody looks. */
  #answer: Answer | undefined;
  #last: Answer | undefined;
  readonly #sessions = new Map<string, Promise<Session>>();
  #asked = 0;
  #shown = 0;
  // Grows with what an answer takes, so that a busy recorder is not asked all the time.
  #pause = 100;
  #endProgress: (() => void) | undefined;
  readonly onDidChangeTreeData = this.#changed.event;
  readonly getTreeItem = itemOf;

  constructor(owner: Owner) {
    this.#owner = owner;
    const refresh = this.#life.add(
      debounce(
        () => void this.refresh(),
        () => this.#pause,
      ),
    );
    this.#view = this.#life.add(
      window.createTreeView<Node>(views.sessions, { treeDataProvider: this, showCollapseAll: true }),
    );
    this.#life.add(
      owner.hints.on(hint => {
        this.#forget(hint);
        refresh();
      }),
    );
    this.#life.add(
      owner.statusChanged.on(() => {
        this.#sessions.clear();
        void vscode.executeCommand("setContext", contexts.demo, owner.place.demo !== undefined);
        refresh();
      }),
    );
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
      const { prompts, subagents } = await this.#whole(session.id);
      return prompts.map(prompt => ({
        ...{ kind: "prompt", prompt, session },
        below: nested(prompt.steps, subagents),
      }));
    } catch (error) {
      const notice = { label: reason(error), why: "", command: commands.refresh, action: "Ask again" };
      return [{ kind: "notice", notice }];
    }
  }

  /** A session is asked for once, until it changes: every open row of it wants a part. */
  #whole(id: string): Promise<Session> {
    const known = this.#sessions.get(id) ?? this.#owner.session(id);
    this.#sessions.set(id, known);
    known.catch(() => this.#sessions.get(id) === known && this.#sessions.delete(id));
    return known;
  }

  #forget(hint: Hint): void {
    if (hint.kind === "session") this.#sessions.delete(hint.session);
    else this.#sessions.clear();
  }

  async #top(): Promise<Node[]> {
    this.#answer ??= await this.#ask();
    const { state, sessions, problem } = this.#answer;
    const welcome = welcomeOf(this.#owner.status, state);
    void vscode.executeCommand("setContext", contexts.welcome, welcome);
    this.#showProgress(welcome === "reading");
    const problems = noticesOf(this.#owner.status, state, problem);
    this.#view.message = messageOf(this.#owner.place, problems, sessions.length > 0);
    const notices = problems.map(notice => ({ kind: "notice", notice }) as const);
    const groups = grouped(sessions, "day", Date.now());
    return [...notices, ...groups.map(group => ({ kind: "group", group }) as const)];
  }

  /** While the owner is away, the last answer of the same place stays; the next status change asks again. */
  async #ask(): Promise<Answer> {
    const { place, status } = this.#owner;
    if (status.kind === "joined") {
      try {
        const asked = Date.now();
        const [state, sessions] = await Promise.all([this.#owner.state(), this.#owner.sessions()]);
        this.#pause = Math.max(100, 3 * (Date.now() - asked));
        this.#last = { place, state, sessions };
      } catch (error) {
        // An owner that went away just now is joined anew; one that is there and fails is told of.
        if (this.#owner.status.kind === "joined") return { place, sessions: [], problem: reason(error) };
      }
    }
    return this.#last?.place === place ? this.#last : { place, sessions: [] };
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
