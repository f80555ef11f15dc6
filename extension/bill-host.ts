/** What the bill's page asks of the extension. Types only. */
import type { Alert } from "./alert.ts";
import type { Billing, Budgets, MoneyApi, WeekStart } from "./bill.ts";
import type { Usage, UsageWanted } from "./questions.ts";

export interface BillHost extends MoneyApi {
  circumstances(): Promise<Circumstances>;
  usage(wanted: UsageWanted): Promise<Usage[]>;
  /** The prompts of a session, with what followed each. */
  prompts(session: string): Promise<BilledPrompt[]>;
  /** What was told of last. */
  alerts(limit: number): Promise<Alert[]>;
  /** Never to be told of a finding again. */
  dismiss(finding: string): Promise<void>;
  openReplay(session: string, step: string | null): Promise<void>;
  /** Opens a transcript at the line that begins there, in bytes. */
  openLine(transcript: string, offset: number): Promise<void>;
  copy(text: string): Promise<void>;
  /** Asks where to, and writes a file. */
  save(name: string, text: string): Promise<void>;
  /** Has the browser print the page, of which this is the markup. */
  print(page: string): Promise<void>;
}

export interface BilledPrompt {
  id: string;
  text: string;
  startedAt: number;
  steps: number;
  costUsd: number;
}

/** Whose bill it is. */
export interface Circumstances {
  /** The folders of this workspace, one a line; nothing when none is open. */
  workspace: string;
  billing: Billing;
  weekStart: WeekStart;
  budgets: Budgets;
  dismissed: string[];
}
