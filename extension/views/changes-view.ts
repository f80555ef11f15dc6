import {
  EventEmitter,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  type TreeView,
  window,
  workspace,
} from "vscode";
import { debounce } from "../base/debounce.ts";
import { reason } from "../base/expected-error.ts";
import { baseName, brief, lines, oneLine } from "../base/format.ts";
import { Lifetime } from "../base/lifetime.ts";
import type { Owner } from "../base/owner.ts";
import { commands, views } from "../manifest.ts";
import type { FileVersion } from "../questions.ts";
import { letterUri } from "./letters.ts";
import type { Node } from "./nodes.ts";
import { type Target, targetOf, wantedOf } from "./target.ts";

/** A changed file; as a target it says of whom. */
interface Changed extends Target {
  path: string;
  file: FileVersion;
}

const HINT = "Choose a session, a prompt or a step above to see which files it changed.";

/** The files that the chosen session, prompt or step changed, as Source Control lists them. */
export class ChangesView implements TreeDataProvider<Changed> {
  readonly #life = new Lifetime();
  readonly #owner: Owner;
  readonly #view: TreeView<Changed>;
  readonly #changed = this.#life.add(new EventEmitter<void>());
  #target: Target | undefined;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(owner: Owner) {
    this.#owner = owner;
    this.#view = this.#life.add(window.createTreeView<Changed>(views.changes, { treeDataProvider: this }));
    this.#view.message = HINT;
    const again = this.#life.add(
      debounce(
        () => this.#changed.fire(),
        () => 500,
      ),
    );
    this.#life.add(
      owner.hints.on(hint => hint.kind === "session" && hint.session === this.#target?.session && again()),
    );
    this.#life.add(owner.statusChanged.on(again));
  }

  /** Shows what a row of the Sessions view changed. */
  show(node: Node | undefined): void {
    const target = targetOf(node);
    if (!target) return;
    this.#target = target;
    this.#changed.fire();
  }

  async getChildren(): Promise<Changed[]> {
    const target = this.#target;
    if (!target) return [];
    try {
      const { title, files } = await this.#owner.changes(target.session, wantedOf(target));
      if (target !== this.#target) return [];
      this.#view.description = oneLine(title, 40);
      this.#view.message = files.length === 0 ? "No file was changed here." : "";
      return files.filter(({ path }) => path !== "").map(file => ({ ...target, path: file.path, file }));
    } catch (error) {
      this.#view.message = reason(error);
      return [];
    }
  }

  getTreeItem(changed: Changed): TreeItem {
    const { file, session, path } = changed;
    const item = new TreeItem(letterUri(file));
    const folder = workspace.asRelativePath(path).slice(0, -baseName(path).length - 1);
    item.label = baseName(path);
    item.id = JSON.stringify([session, wantedOf(changed), path]);
    const from = file.from !== undefined && `from ${workspace.asRelativePath(file.from)}`;
    item.description = brief(folder, from, lines(file.added, file.removed));
    item.tooltip = brief(
      path,
      lines(file.added, file.removed),
      file.from !== undefined && `renamed from ${file.from}`,
      file.mixed && "other changes lie in between",
      file.kind === "hunks" && "only the changed lines are known",
    );
    item.iconPath = ThemeIcon.File;
    item.contextValue = "change";
    item.command = { command: commands.openChanges, title: "Open Changes", arguments: [changed] };
    return item;
  }

  close(): Promise<void> {
    return this.#life.close();
  }
}
