import { randomBytes } from "node:crypto";
import { type SecretStorage, window } from "vscode";
import type { AlertSecrets } from "../alert.ts";
import { Lifetime } from "../base/lifetime.ts";
import type { Owner } from "../base/owner.ts";

const KEYS = { webhook: "agentTrace.webhook", email: "agentTrace.mail" } as const;

type Which = keyof typeof KEYS;

/** What signs webhooks, and the password for mails: in the editor's own keeping, and lent to whoever records. */
export class KeptSecrets {
  readonly #life = new Lifetime();
  readonly #kept: SecretStorage;
  readonly #owner: Owner;

  constructor(owner: Owner, kept: SecretStorage) {
    this.#owner = owner;
    this.#kept = kept;
    this.#life.add(owner.statusChanged.on(({ kind }) => kind === "joined" && void this.#lend()));
    this.#life.add(kept.onDidChange(() => void this.#lend()));
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  /** Asks for one of them; nothing at all takes it away. */
  async ask(): Promise<void> {
    const which = await window.showQuickPick(
      [
        { label: "What signs webhooks", which: "webhook" as Which },
        { label: "The password for mails", which: "email" as Which },
      ],
      { title: "Set Alert Secrets", placeHolder: "Kept by VS Code, never in the settings" },
    );
    if (!which) return;
    const secret = await (which.which === "webhook" ? askForKey() : askForPassword());
    if (secret === undefined) return;
    const key = KEYS[which.which];
    await (secret === "" ? this.#kept.delete(key) : this.#kept.store(key, secret));
  }

  async #lend(): Promise<void> {
    const secrets: AlertSecrets = {};
    for (const [way, key] of Object.entries(KEYS)) {
      const secret = await this.#kept.get(key);
      if (secret !== undefined) secrets[way as Which] = secret;
    }
    // An owner that is gone is told when there is one again.
    if (this.#owner.status.kind === "joined") await this.#owner.alerts.entrust(secrets).catch(() => {});
  }
}

/** One is proposed: nobody should have to invent a good one. */
function askForKey(): Thenable<string | undefined> {
  return window.showInputBox({
    title: "What Signs Webhooks",
    prompt:
      "Give the same to whoever receives them, who checks it as standardwebhooks.com says. This one is new.",
    value: `whsec_${randomBytes(24).toString("base64")}`,
    ignoreFocusOut: true,
  });
}

function askForPassword(): Thenable<string | undefined> {
  return window.showInputBox({
    title: "The Password for Mails",
    prompt: "Of the server in agentTrace.mail; many providers want one that is for programs.",
    password: true,
    ignoreFocusOut: true,
  });
}
