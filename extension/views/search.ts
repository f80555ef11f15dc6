import { type QuickPick, type QuickPickItem, ThemeIcon, window } from "vscode";
import { reason } from "../base/expected-error.ts";
import { brief, harmless } from "../base/format.ts";
import type { Owner } from "../base/owner.ts";
import { toolIcon } from "../base/tool-icon.ts";
import type { Match } from "../questions.ts";

type Item = QuickPickItem & { match?: Match };
type Open = (session: { id: string; title: string }, step?: string) => void;

/** So long nobody types before it is asked. */
const PAUSE = 150;
/** More than anybody looks through: who wants fewer types another word. */
const MOST = 300;

/** Searches all sessions while the user types, and opens what is chosen at the very step. */
export function search(owner: Owner, open: Open): void {
  const pick = window.createQuickPick<Item>();
  pick.title = "Search Sessions";
  pick.placeholder = "Words of prompts, commands, files, outputs and answers";
  pick.keepScrollPosition = true;
  // Without it the editor would sort what is found by its letters; its types do not know of it.
  Object.assign(pick, { sortByLabel: false });
  const searching = new Searching(owner, pick);
  pick.onDidChangeValue(typed => searching.start(typed));
  pick.onDidAccept(() => {
    const match = pick.selectedItems[0]?.match;
    if (!match) return;
    pick.hide();
    open({ id: match.sessionId, title: match.title }, match.stepId ?? match.promptId ?? undefined);
  });
  pick.onDidHide(() => {
    searching.stop();
    pick.dispose();
  });
  pick.show();
}

/** Asks for what was typed last, answer by answer; whoever types on has the former question dropped. */
class Searching {
  readonly #owner: Owner;
  readonly #pick: QuickPick<Item>;
  #turn = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(owner: Owner, pick: QuickPick<Item>) {
    this.#owner = owner;
    this.#pick = pick;
  }

  start(typed: string): void {
    this.stop();
    const q = typed.trim();
    this.#pick.busy = q !== "";
    if (q === "") this.#pick.items = [];
    else this.#timer = setTimeout(() => void this.#search(q, this.#turn), PAUSE);
  }

  stop(): void {
    this.#turn++;
    clearTimeout(this.#timer);
  }

  async #search(q: string, turn: number): Promise<void> {
    try {
      await this.#collect(q, turn);
    } catch (error) {
      if (turn === this.#turn) this.#show([{ label: reason(error), alwaysShow: true }]);
    }
    if (turn === this.#turn) this.#pick.busy = false;
  }

  async #collect(q: string, turn: number): Promise<void> {
    const found = new Map<string, Item>();
    for (let from: string | undefined; found.size < MOST; ) {
      const { matches, next } = await this.#owner.search({ q, ...(from !== undefined && { from }) });
      if (turn !== this.#turn) return;
      for (const match of matches) found.set(keyOf(match), itemOf(match));
      // The first answer takes the place of what was found before, though it be nothing yet.
      if (matches.length > 0 || from === undefined) this.#show([...found.values()]);
      if (next === undefined) break;
      from = next;
    }
    if (found.size === 0) this.#show([{ label: `Nobody said “${harmless(q)}”`, alwaysShow: true }]);
  }

  /** What the user is on stays so. */
  #show(items: Item[]): void {
    const active = this.#pick.activeItems.map(({ match }) => match && keyOf(match));
    this.#pick.items = items;
    const same = items.filter(({ match }) => match && active.includes(keyOf(match)));
    if (same.length > 0) this.#pick.activeItems = same;
  }
}

function keyOf({ sessionId, promptId, stepId }: Match): string {
  return `${sessionId} ${promptId} ${stepId}`;
}

function itemOf(match: Match): Item {
  const { snippet, title, name, promptId, stepId } = match;
  const icon = stepId !== null ? toolIcon(name ?? "") : promptId !== null ? "account" : "tag";
  return {
    label: harmless(snippet),
    description: harmless(brief(name, title)),
    iconPath: new ThemeIcon(stepId !== null && name === null ? "comment" : icon),
    alwaysShow: true,
    match,
  };
}
