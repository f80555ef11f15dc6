import { type ConfigurationChangeEvent, type Disposable, workspace } from "vscode";

/** One of the extension's settings; the only place where the editor's configuration is read. */
export class Setting<T> {
  readonly #section: string;
  readonly #default: T;

  constructor(spec: { id: string; default: T }) {
    this.#section = spec.id;
    this.#default = spec.default;
  }

  get value(): T {
    // Somebody may have written null, which VS Code hands on.
    const value = workspace.getConfiguration().get<T | null>(this.#section) ?? this.#default;
    // VS Code hands out objects that nobody can change, nor send to a worker.
    return typeof value === "object" ? JSON.parse(JSON.stringify(value)) : value;
  }

  /** Writes the value for this user, on this machine. */
  async set(value: T): Promise<void> {
    await workspace.getConfiguration().update(this.#section, value, true);
  }

  /** Whether a change of the configuration was about this setting. */
  isIn(change: ConfigurationChangeEvent): boolean {
    return change.affectsConfiguration(this.#section);
  }
}

/** Calls `listener` once for each change of the configuration that is about any of `settings`. */
export function onAnyChange(settings: Pick<Setting<unknown>, "isIn">[], listener: () => void): Disposable {
  return workspace.onDidChangeConfiguration(change => {
    if (settings.some(setting => setting.isIn(change))) listener();
  });
}
