import { type Disposable, workspace } from "vscode";

/** One of the extension's settings; the only place where the editor's configuration is read. */
export class Setting<T> {
  readonly #section: string;
  readonly #default: T;

  constructor(spec: { id: string; default: T }) {
    this.#section = spec.id;
    this.#default = spec.default;
  }

  get value(): T {
    return workspace.getConfiguration().get(this.#section, this.#default);
  }

  /** Writes the value for this user, on this machine. */
  async set(value: T): Promise<void> {
    await workspace.getConfiguration().update(this.#section, value, true);
  }

  onChange(listener: (value: T) => void): Disposable {
    return workspace.onDidChangeConfiguration(event => {
      if (event.affectsConfiguration(this.#section)) listener(this.value);
    });
  }
}
