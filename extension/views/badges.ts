import { EventEmitter, FileDecoration, type FileDecorationProvider, type Uri, window } from "vscode";
import { debounce } from "../base/debounce.ts";
import { ago } from "../base/format.ts";
import { Lifetime } from "../base/lifetime.ts";
import type { Owner } from "../base/owner.ts";
import { onAnyChange, type Setting } from "../base/setting.ts";
import { eachRepository, type Repository } from "./git.ts";

/** A mark in the Explorer on files that an agent changed and nobody has committed yet. */
export class Badges implements FileDecorationProvider {
  readonly #life = new Lifetime();
  readonly #owner: Owner;
  readonly #wanted: Setting<boolean>;
  readonly #changed = this.#life.add(new EventEmitter<undefined>());
  readonly #repositories: Repository[] = [];
  readonly onDidChangeFileDecorations = this.#changed.event;
  readonly #again = this.#life.add(
    debounce(
      () => this.#changed.fire(undefined),
      () => 1000,
    ),
  );
  #opened = false;

  constructor(owner: Owner, wanted: Setting<boolean>) {
    this.#owner = owner;
    this.#wanted = wanted;
    this.#life.add(window.registerFileDecorationProvider(this));
    this.#life.add(onAnyChange([wanted], () => void this.#open().then(this.#again)));
    this.#life.add(owner.statusChanged.on(this.#again));
    this.#life.add(owner.hints.on(() => wanted.value && this.#again()));
    void this.#open();
  }

  async provideFileDecoration(uri: Uri): Promise<FileDecoration | undefined> {
    if (!this.#wanted.value || uri.scheme !== "file" || this.#owner.status.kind !== "joined")
      return undefined;
    const repository = this.#repositories.find(({ state }) => {
      const changes = [...state.workingTreeChanges, ...state.indexChanges, ...(state.untrackedChanges ?? [])];
      return changes.some(change => change.uri.path === uri.path);
    });
    if (!repository) return undefined;
    const [edit] = await this.#owner.edits({ file: uri.fsPath, limit: 1 });
    // Before there is a first commit, nothing is committed.
    const committed = await repository.getCommit("HEAD").catch(() => undefined);
    if (!edit || edit.at < (committed?.commitDate?.getTime() ?? 0)) return undefined;
    return new FileDecoration("✦", `Changed by Claude ${ago(edit.at, Date.now())}, not committed yet`);
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  /** Git is asked for nothing before the user wants to see this. */
  async #open(): Promise<void> {
    if (this.#opened || !this.#wanted.value) return;
    this.#opened = true;
    await eachRepository(this.#life, repository => {
      this.#repositories.push(repository);
      this.#life.add(repository.state.onDidChange(this.#again));
      this.#again();
    });
  }
}
