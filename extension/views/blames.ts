import { type TextDocument, window, workspace } from "vscode";
import { debounce } from "../base/debounce.ts";
import { Lifetime } from "../base/lifetime.ts";
import type { Owner } from "../base/owner.ts";
import { Signal } from "../base/signal.ts";
import type { Blame, BlamedStep, OtherSpan } from "../questions.ts";

export const NOTHING: Blame = { spans: [], steps: [], others: [] };
/** Larger files are seldom written by hand or agent, and take long to send. */
const LONGEST = 4 * 1024 * 1024;
/** So long nothing is typed before the owner is asked. */
const PAUSE = 250;
/** While an agent works there is news all the time. */
const NEWS = 1000;

interface Known {
  version: number;
  blame: Promise<Blame>;
}

/** Who wrote the lines of the documents in sight, as the owner says; asked once for each version of a document. */
export class Blames {
  /** Something may have another answer now. */
  readonly changed = new Signal<void>();
  readonly #owner: Owner;
  readonly #life = new Lifetime();
  readonly #known = new Map<TextDocument, Known>();
  #typing: NodeJS.Timeout | undefined;

  constructor(owner: Owner) {
    this.#owner = owner;
    const again = this.#life.add(
      debounce(
        () => this.#forget(),
        () => NEWS,
      ),
    );
    this.#life.add(
      workspace.onDidChangeTextDocument(({ contentChanges }) => contentChanges.length > 0 && this.#typed()),
    );
    this.#life.add(workspace.onDidCloseTextDocument(document => this.#known.delete(document)));
    this.#life.add(window.onDidChangeVisibleTextEditors(() => this.changed.fire()));
    this.#life.add(owner.statusChanged.on(again));
    this.#life.add(owner.hints.on(again));
    this.#life.add({ close: () => clearTimeout(this.#typing) });
  }

  /** Nothing when the document is none of a file's, or the owner is away. */
  of(document: TextDocument): Promise<Blame> {
    if (document.uri.scheme !== "file" || this.#owner.status.kind !== "joined")
      return Promise.resolve(NOTHING);
    const known = this.#known.get(document);
    if (known?.version === document.version) return known.blame;
    if (this.#typing !== undefined) return Promise.resolve(NOTHING);
    const text = document.getText();
    const asked = { path: document.uri.fsPath, text: text.replaceAll("\r\n", "\n") };
    const blame =
      text.length > LONGEST ? Promise.resolve(NOTHING) : this.#owner.blame(asked).catch(() => NOTHING);
    this.#known.set(document, { version: document.version, blame });
    return blame;
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  #forget(): void {
    this.#known.clear();
    this.changed.fire();
  }

  #typed(): void {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => {
      this.#typing = undefined;
      this.changed.fire();
    }, PAUSE);
  }
}

/** The step that wrote a line. */
export function stepAt(blame: Blame, line: number): BlamedStep | undefined {
  const span = blame.spans.find(has(line));
  return span && blame.steps[span.step];
}

/** Who else wrote a line. */
export function otherAt(blame: Blame, line: number): OtherSpan | undefined {
  return blame.others.find(has(line));
}

function has(line: number) {
  return ({ start, count }: { start: number; count: number }) => start <= line && line < start + count;
}
