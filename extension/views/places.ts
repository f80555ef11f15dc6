import { join } from "node:path";
import type { ExtensionContext } from "vscode";
import type { AlertRule, MailSettings } from "../alert.ts";
import { budgetRules } from "../base/alert-rules.ts";
import { claudeFolders } from "../base/claude-folders.ts";
import type { Setting } from "../base/setting.ts";
import type { Budgets, WeekStart } from "../bill.ts";
import type { Forward, ModelPrice, Place } from "../job.ts";

/** The settings that say where a recorder works, and what it keeps. */
export interface PlaceSettings {
  tier: Setting<1 | 2 | 3>;
  folders: Setting<string[]>;
  port: Setting<number>;
  grpcPort: Setting<number>;
  keepDays: Setting<number>;
  prices: Setting<Record<string, ModelPrice>>;
  redact: Setting<string[]>;
  timeZone: Setting<string>;
  budgets: Setting<Budgets>;
  weekStart: Setting<WeekStart>;
  alerts: Setting<AlertRule[]>;
  webhook: Setting<string>;
  mail: Setting<Partial<MailSettings>>;
  forward: { value: Forward };
}

/** The places a window can show: the user's own sessions, or the demo. */
export class Places {
  readonly #context: ExtensionContext;
  readonly #asked: PlaceSettings;

  constructor(context: ExtensionContext, asked: PlaceSettings) {
    this.#context = context;
    this.#asked = asked;
  }

  own(): Place {
    const dataDir = this.#context.globalStorageUri.fsPath;
    const { tier, folders, port, grpcPort, keepDays, prices, redact, timeZone, forward } = this.#asked;
    const { budgets, weekStart, alerts, webhook, mail } = this.#asked;
    return {
      dataDir,
      folders: claudeFolders(folders.value),
      port: port.value,
      grpcPort: grpcPort.value,
      keepDays: keepDays.value,
      prices: prices.value,
      tier: tier.value,
      redact: redact.value,
      timeZone: timeZone.value,
      alerts: {
        rules: [...budgetRules(budgets.value), ...[alerts.value].flat()],
        ...{ weekStart: weekStart.value, webhook: webhook.value, mail: mail.value },
      },
      forward: forward.value,
    };
  }

  /** The demo has a recorder and a port of its own, so that invented sessions never mix with real ones. */
  demo(): Place {
    const dataDir = join(this.#context.globalStorageUri.fsPath, "demo");
    return {
      dataDir,
      folders: [],
      demo: this.#context.asAbsolutePath("media/demo"),
      port: this.#asked.port.value + 10,
      timeZone: this.#asked.timeZone.value,
    };
  }
}
