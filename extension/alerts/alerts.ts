import type {
  Alert,
  AlertRule,
  AlertRules,
  AlertSecrets,
  AlertSettings,
  AlertsApi,
  AlertsWanted,
} from "../alert.ts";
import { refusal, usable } from "../base/alert-rules.ts";
import type { Clock } from "../base/clock.ts";
import { ExpectedError } from "../base/expected-error.ts";
import type { Timer } from "../base/timers.ts";
import { AlertLog } from "../db/alert-log.ts";
import { StoredRules } from "../db/alert-rules.ts";
import type { Engine } from "../db/engine.ts";
import { quietly } from "../db/trouble.ts";
import { addressesOf, secretsOf } from "./addresses.ts";
import { Deliveries, type Way } from "./deliveries.ts";
import { judge } from "./judge.ts";
import { type Message, messageOf, testMessage } from "./message.ts";
import { mail } from "./start-mail.ts";
import { postWebhook } from "./webhook.ts";

export interface AlertScope {
  db: Engine;
  folders: string[];
  /**
   * What an editor's settings say. Rules have one home: these settings, from the day on that an editor recorded into
   * a store, and they can't be changed here then; else the store itself, for programs to put them there. A terminal
   * that records into an editor's store does not know its settings, and leaves alerts to the editor.
   */
  settings: AlertSettings | undefined;
  env: NodeJS.ProcessEnv;
  clock: Clock;
  /** What sessions are called; and as far as it may leave this machine. */
  title(session: string): string;
  publicTitle(session: string): string;
  /** Half of what happened may not be judged. */
  isReady(): boolean;
  changed(): void;
  /** Why an alert could not be sent in the end; nothing when one was tried since. */
  failed(why: string | undefined): void;
  /** Loads what sends mail; tests take the source. */
  loadMail?: Parameters<typeof mail>[3];
}

/** So long after something happened all rules are looked at: much of it comes at once. */
const SOON = 1000;
const DAY = 24 * 3_600_000;

/** Says why a rule is not taken; told to whoever sent it. */
class Refused extends Error {
  override readonly name = "Refused";
  readonly statusCode: number;

  constructor(statusCode: number, why: string) {
    super(why);
    this.statusCode = statusCode;
  }
}

/** Looks at the rules when something happened, or when time alone may change them, and tells of what came of it. */
export class Alerts implements AlertsApi {
  readonly #scope: AlertScope;
  readonly #log: AlertLog;
  readonly #stored: StoredRules;
  readonly #deliveries: Deliveries;
  /** Whether alerts are another's to look at. */
  readonly #isGuest: boolean;
  #secrets: AlertSecrets = {};
  #due = Number.POSITIVE_INFINITY;
  #timer: Timer | undefined;

  constructor(scope: AlertScope) {
    const { db, clock } = scope;
    this.#scope = scope;
    this.#log = new AlertLog(db);
    this.#stored = new StoredRules(db);
    if (scope.settings) this.#stored.setAreSettings();
    this.#isGuest = !scope.settings && this.#stored.areSettings;
    const send = async (way: Way, id: number) => this.#send(way, this.#messageOf(id));
    this.#deliveries = new Deliveries(this.#log, send, clock.now, failed => {
      scope.failed(failed);
      scope.changed();
      this.#lookNow();
    });
    if (!this.#isGuest) this.#deliveries.takeOver();
  }

  close(): void {
    this.#deliveries.close();
    this.#timer?.close();
    this.#due = Number.NEGATIVE_INFINITY;
  }

  /** Something happened. */
  look(): void {
    this.#lookAt(this.#scope.clock.now() + SOON);
  }

  async rules(): Promise<AlertRules> {
    return { from: this.#stored.areSettings ? "settings" : "store", rules: this.#rules };
  }

  async put(rule: AlertRule): Promise<void> {
    this.#assertOurs();
    const why = refusal(rule);
    if (why !== undefined) throw new Refused(400, why);
    this.#stored.put(rule);
    this.look();
  }

  async remove(name: string): Promise<void> {
    this.#assertOurs();
    if (!this.#stored.remove(name)) throw new ExpectedError(`There is no rule ${name}.`);
    this.look();
  }

  async history(wanted: AlertsWanted): Promise<Alert[]> {
    return this.#log.list(wanted).map(alert => {
      const { session } = alert;
      return { ...alert, session: session && { id: session.id, title: this.#scope.title(session.id) } };
    });
  }

  async test(way: Way): Promise<void> {
    await this.#send(way, testMessage(this.#scope.clock.now()));
  }

  async entrust(secrets: AlertSecrets): Promise<void> {
    this.#secrets = secrets;
  }

  get #rules(): AlertRule[] {
    const { settings } = this.#scope;
    return settings ? usable(settings.rules).good : this.#stored.all;
  }

  #assertOurs(): void {
    if (this.#stored.areSettings)
      throw new Refused(
        409,
        "The rules are those of the setting agentTrace.alerts in VS Code. Change them there.",
      );
  }

  #lookAt(at: number): void {
    if (at >= this.#due) return;
    const { clock } = this.#scope;
    this.#due = at;
    this.#timer?.close();
    this.#timer = clock.after(Math.min(DAY, Math.max(0, at - clock.now())), () => this.#lookNow());
  }

  readonly #lookNow = quietly(() => {
    this.#timer?.close();
    this.#due = Number.POSITIVE_INFINITY;
    const { db, folders, settings, clock, isReady, changed } = this.#scope;
    // When all is read, that is told as well.
    if (this.#isGuest || !isReady()) return;
    const looking = { db, folders, weekStart: settings?.weekStart ?? "monday", now: clock.now() };
    const judged = judge(this.#rules, this.#log, looking);
    if (judged.changed) changed();
    this.#lookAt(Math.min(judged.next, this.#deliveries.work()));
  });

  #messageOf(id: number): Message {
    const alert = this.#log.one(id);
    // Deleted with its session since.
    if (!alert) throw new ExpectedError("There is no such alert any more.");
    return messageOf(alert, alert.session ? this.#scope.publicTitle(alert.session.id) : "");
  }

  async #send(way: Way, message: Message): Promise<void> {
    const { settings, env, clock, loadMail } = this.#scope;
    const addresses = addressesOf(settings, env);
    const secrets = secretsOf(this.#secrets, env);
    if (way === "email") await mail(addresses.mail, secrets.email, message, loadMail);
    else await postWebhook({ address: addresses.webhook, secret: secrets.webhook }, message, clock.now());
  }
}
