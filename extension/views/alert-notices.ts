import { join } from "node:path";
import { commands as vscode, window } from "vscode";
import type { Alert } from "../alert.ts";
import { alertWords } from "../base/alert-words.ts";
import { firstTime } from "../base/first-time.ts";
import { harmless } from "../base/format.ts";
import { Lifetime } from "../base/lifetime.ts";
import type { Owner } from "../base/owner.ts";
import { commands } from "../manifest.ts";

const BILL = "Open the Bill";
const SESSION = "Show Session";
/** What began while no window was open is told later, unless it is long past. */
const RECENT = 12 * 3_600_000;

/** Shows alerts, each once and in one window. */
export class AlertNotices {
  readonly #life = new Lifetime();
  readonly #owner: Owner;

  constructor(owner: Owner) {
    this.#owner = owner;
    this.#life.add(owner.hints.on(({ kind }) => kind === "alert" && void this.#look()));
    this.#life.add(owner.statusChanged.on(({ kind }) => kind === "joined" && void this.#look()));
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  async #look(): Promise<void> {
    // The demo's money was never spent, and an owner that could not answer tells when it is back.
    if (this.#owner.place.demo) return;
    const since = Date.now() - RECENT;
    const alerts = await this.#owner.alerts.history({ open: "yes", since }).catch(() => []);
    const told = join(this.#owner.place.dataDir, "alerts");
    for (const alert of alerts)
      if (alert.notify && firstTime(told, `${alert.at}-${alert.id}`)) void this.#tell(alert);
  }

  async #tell(alert: Alert): Promise<void> {
    const { level, kind, session } = alert;
    const show = level === "over" ? window.showWarningMessage : window.showInformationMessage;
    const offers = [...(kind === "cost" ? [BILL] : []), ...(session ? [SESSION] : [])];
    const pressed = await show(harmless(alertWords(alert)), ...offers);
    if (pressed === BILL) await vscode.executeCommand(commands.openBill);
    if (pressed === SESSION && session)
      await vscode.executeCommand(commands.openReplay, { session: session.id });
  }
}
