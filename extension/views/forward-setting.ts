import { type Disposable, type SecretStorage, window } from "vscode";
import { onAnyChange, type Setting } from "../base/setting.ts";
import { Signal } from "../base/signal.ts";
import type { Forward } from "../job.ts";

/** What a header's value is when the editor keeps it among its secrets. */
const SECRET = "secret";

const keyOf = (header: string) => `forward ${header.toLowerCase()}`;

/** The setting that says where sessions are sent on to, with the keys that the editor keeps for it. */
export class ForwardSetting implements Disposable {
  readonly changed = new Signal<void>();
  readonly #setting: Setting<Forward>;
  readonly #secrets: SecretStorage;
  readonly #listening: Disposable[];
  #known = new Map<string, string>();

  constructor(setting: Setting<Forward>, secrets: SecretStorage) {
    this.#setting = setting;
    this.#secrets = secrets;
    this.#listening = [
      onAnyChange([setting], () => void this.#read()),
      secrets.onDidChange(({ key }) => this.#kept.some(header => keyOf(header) === key) && void this.#read()),
    ];
    if (this.#kept.length > 0) void this.#read();
  }

  dispose(): void {
    for (const listening of this.#listening) listening.dispose();
  }

  /** Nothing as long as a key is missing. */
  get value(): Forward {
    const { headers, ...forward } = this.#setting.value;
    const values = Object.entries(headers ?? {}).map(([name, value]) => [
      name,
      value === SECRET ? this.#known.get(name) : value,
    ]);
    return values.some(([, value]) => value === undefined)
      ? {}
      : { ...forward, ...(headers && { headers: Object.fromEntries(values) }) };
  }

  get #kept(): string[] {
    return Object.entries(this.#setting.value.headers ?? {}).flatMap(([name, value]) =>
      value === SECRET ? [name] : [],
    );
  }

  async #read(): Promise<void> {
    const known = new Map<string, string>();
    for (const header of this.#kept) {
      const value = await this.#secrets.get(keyOf(header));
      if (value !== undefined) known.set(header, value);
      else void this.#ask(header);
    }
    this.#known = known;
    this.changed.fire();
  }

  async #ask(header: string): Promise<void> {
    if (!window.state.focused) return;
    const value = await window.showInputBox({
      ...{
        title: "Agent Trace: Send Sessions On",
        prompt: `The value of ${header}, kept among VS Code's secrets`,
      },
      ...{ password: true, ignoreFocusOut: true },
    });
    if (value) await this.#secrets.store(keyOf(header), value);
  }
}
