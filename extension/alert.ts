/** What alerts are, what can be asked about them, and what the owner answers: part of the contract. Types only. */
import type { WeekStart } from "./bill.ts";

/** When to tell of something, once each time that it comes to be so. */
export interface AlertRule {
  /** Rules are told apart by it. */
  name: string;
  kind: AlertKind;
  /** From how much on: dollars, percent of the steps, or minutes. */
  threshold: number;
  /** Costs: of a `day`, `week` or `month`, else all there ever was. Steps: `15m` or `2h`, else the last hour. */
  window?: string;
  /** Each of them by itself; else all that is in the scope together. */
  per?: AlertPer;
  /** Only sessions in this folder or below, or only this model. */
  scope?: { project?: string; model?: string };
  /** Tells of a cost at four fifths, too. */
  early?: boolean;
  /** A notification if it is not said; with none of them it only stands in the history. */
  deliver?: AlertWay[];
}

export type AlertKind =
  | "cost"
  /** The share of steps that failed: tools, and requests to the model. */
  | "error_rate"
  /** An agent is at work, and nothing is heard of it. */
  | "agent_silent";
export type AlertPer = "session" | "project" | "model";
type AlertWay = "notification" | "webhook" | "email";
/** From four fifths of a cost on it is near, from all of it on it is over, as everything else always is. */
export type AlertLevel = "near" | "over";

/** What a window's settings say. */
export interface AlertSettings {
  rules: AlertRule[];
  weekStart: WeekStart;
  /** Where a webhook goes to; nothing when there is none. */
  webhook: string;
  mail: Partial<MailSettings>;
}

export interface MailSettings {
  /** Such as smtps://me@mail.example.org; its password is kept elsewhere. */
  server: string;
  from: string;
  to: string;
}

/** What signs webhooks, and the password of the mail's server: kept in memory only. */
export type AlertSecrets = Partial<Record<Exclude<AlertWay, "notification">, string>>;

/** What was told of once, and until when it was so. */
export interface Alert {
  id: number;
  rule: string;
  kind: AlertKind;
  level: AlertLevel;
  /** How much it was when it was told of, and from how much on it is. */
  value: number;
  threshold: number;
  window: string | null;
  /** Whom it is about, if not all of them. */
  session: { id: string; title: string } | null;
  project: string | null;
  model: string | null;
  at: number;
  /** When it was so no longer. */
  endedAt: number | null;
  /** Whether windows show it. */
  notify: boolean;
  deliveries: AlertDelivery[];
}

export interface AlertDelivery {
  way: Exclude<AlertWay, "notification">;
  state: "due" | "sending" | "sent" | "failed";
  tries: number;
  /** Why it has not arrived. */
  why: string | null;
}

/** The rules that hold, and who says them. */
export interface AlertRules {
  /** The settings of VS Code, or else what was put here. */
  from: "settings" | "store";
  rules: AlertRule[];
}

/** Which alerts, the last one first. */
export interface AlertsWanted {
  limit?: number;
  /** Those since then, in milliseconds since 1970. */
  since?: number;
  /** Only what is still so. */
  open?: "yes";
}

/** What the owner answers about alerts. */
export interface AlertsApi {
  rules(): Promise<AlertRules>;
  /** Puts a rule in the place of that with the same name; refused where the settings say the rules. */
  put(rule: AlertRule): Promise<void>;
  remove(name: string): Promise<void>;
  history(wanted: AlertsWanted): Promise<Alert[]>;
  /** Sends a test at once, and says why if it does not arrive. */
  test(way: AlertDelivery["way"]): Promise<void>;
  /** Tells the recorder what it needs to deliver. */
  entrust(secrets: AlertSecrets): Promise<void>;
}
