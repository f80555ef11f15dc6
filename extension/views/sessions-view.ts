import { EventEmitter, type TreeDataProvider, type TreeView, commands as vscode, window } from "vscode";
import { debounce } from "../base/debounce.ts";
import { reason } from "../base/expected-error.ts";
import { Lifetime } from "../base/lifetime.ts";
import type { Owner } from "../base/owner.ts";
import { toolCalls } from "../base/steps.ts";
import type { Place } from "../job.ts";
import { commands, contexts, views } from "../manifest.ts";
import type { RecorderState, SessionRow } from "../protocol.ts";
import { byDay } from "./days.ts";
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
    this.#life.add(owner.hints.on(refresh));
    this.#life.add(
      owner.statusChanged.on(() => {
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
      case "day":
        return node.sessions.map(session => ({ kind: "session", session }));
      case "session":
        return this.#prompts(node.session);
      case "prompt":
        return toolCalls(node.prompt).map(step => ({ kind: "step", step, session: node.session }));
      default:
        return [];
    }
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  async #prompts(session: SessionRow): Promise<Node[]> {
    try {
      const { prompts } = await this.#owner.session(session.id);
      return prompts.map(prompt => ({ kind: "prompt", prompt, session }));
    } catch (error) {
      const notice = { label: reason(error), why: "", command: commands.refresh, action: "Ask again" };
      return [{ kind: "notice", notice }];
    }
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
    return [...notices, ...byDay(sessions, Date.now()).map(day => ({ kind: "day", ...day }) as const)];
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
