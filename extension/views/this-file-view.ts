import { EventEmitter, ThemeIcon, type TreeDataProvider, TreeItem, type TreeView, Uri, window } from "vscode";
import { debounce } from "../base/debounce.ts";
import { reason } from "../base/expected-error.ts";
import { baseName, brief, count, lines, moment, money, oneLine, percent } from "../base/format.ts";
import { Lifetime } from "../base/lifetime.ts";
import type { Owner } from "../base/owner.ts";
import { commands, views } from "../manifest.ts";
import type { FileStep } from "../questions.ts";
import type { Blames } from "./blames.ts";
import type { Target } from "./target.ts";
import { SCHEME } from "./virtual-files.ts";

/** What a prompt did to the file in the editor; as a target it says which. */
interface Touch extends Target {
  path: string;
  steps: FileStep[];
}

/** The prompts that changed the file in the editor, the last one first; it follows the editor. */
export class ThisFileView implements TreeDataProvider<Touch> {
  readonly #life = new Lifetime();
  readonly #owner: Owner;
  readonly #blames: Blames;
  readonly #view: TreeView<Touch>;
  readonly #changed = this.#life.add(new EventEmitter<void>());
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(owner: Owner, blames: Blames) {
    this.#owner = owner;
    this.#blames = blames;
    this.#view = this.#life.add(window.createTreeView<Touch>(views.thisFile, { treeDataProvider: this }));
    const again = this.#life.add(
      debounce(
        () => this.#changed.fire(),
        () => 500,
      ),
    );
    this.#life.add(window.onDidChangeActiveTextEditor(editor => editor && this.#changed.fire()));
    // What is typed, recorded or joined anew comes by here too.
    this.#life.add(blames.changed.on(again));
  }

  async getChildren(): Promise<Touch[]> {
    // A file as of then is still the file.
    const uri = window.activeTextEditor?.document.uri;
    const path = uri && [SCHEME, "file"].includes(uri.scheme) ? Uri.file(uri.path).fsPath : undefined;
    this.#view.description = path === undefined ? "" : baseName(path);
    if (path === undefined) {
      this.#view.message = "Open a file to see which prompts changed it.";
      return [];
    }
    try {
      const touches = byPrompt(path, await this.#owner.fileHistory(path));
      if (touches.length > 0) this.#view.description = brief(baseName(path), await this.#share());
      this.#view.message =
        touches.length === 0 ? "Claude has not changed this file, as far as its transcripts tell." : "";
      return touches;
    } catch (error) {
      this.#view.message = reason(error);
      return [];
    }
  }

  getTreeItem({ steps, session, prompt, path }: Touch): TreeItem {
    const [last] = steps;
    const item = new TreeItem(oneLine(last?.prompt || last?.title || "", 80));
    const sum = (of: "added" | "removed" | "costUsd") => steps.reduce((all, step) => all + step[of], 0);
    item.id = JSON.stringify([session, prompt, path]);
    item.description = brief(
      moment(last?.at ?? 0, Date.now()),
      count(steps.length, "edit"),
      lines(sum("added"), sum("removed")),
      sum("costUsd") > 0 && money(sum("costUsd")),
    );
    // Also what a screen reader says of the row.
    item.tooltip = [item.label, item.description, brief(last?.title, last?.model)].join("\n");
    item.iconPath = new ThemeIcon("comment");
    item.contextValue = "touch";
    const target: Target = { session, path, ...(prompt && { prompt }) };
    item.command = { command: commands.openChanges, title: "Open Changes", arguments: [target] };
    return item;
  }

  /** `62 % by Claude`: of the lines that are left of what it wrote. */
  async #share(): Promise<string> {
    const document = window.activeTextEditor?.document;
    if (!document) return "";
    const { spans } = await this.#blames.of(document);
    const theirs = spans.reduce((sum, { count }) => sum + count, 0);
    // The editor shows an empty line after the last break, which nobody wrote.
    const all = document.lineCount - (document.lineAt(document.lineCount - 1).text === "" ? 1 : 0);
    return theirs > 0 ? `${percent(theirs, all)} by Claude` : "";
  }

  close(): Promise<void> {
    return this.#life.close();
  }
}

function byPrompt(path: string, steps: FileStep[]): Touch[] {
  const touches = new Map<string, Touch>();
  for (const step of steps) {
    const { sessionId: session, promptId, stepId } = step;
    const place = `${session}/${promptId ?? stepId}`;
    const part = promptId === null ? { step: stepId } : { prompt: promptId };
    const touch = touches.get(place) ?? { session, ...part, path, steps: [] };
    touch.steps.push(step);
    touches.set(place, touch);
  }
  return [...touches.values()];
}
