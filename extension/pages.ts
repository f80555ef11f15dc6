/** The contract between the extension and its webviews. Types only, so that both bundles can import it for nothing. */

import type { Alert } from "./alert.ts";
import type { Billing, Budgets, MoneyApi, WeekStart } from "./bill.ts";
import type { ModelRequest, Prompt, Session, Spent, Step, StepContent } from "./protocol.ts";
import type { Usage, UsageWanted } from "./questions.ts";

/** What the replay webview asks of the extension. */
export interface ReplayHost {
  sessionId(): Promise<string>;
  /** What came since the page asked the last time; the whole session when it holds `undefined`. */
  session(holds: number | undefined): Promise<Growth>;
  content(step: string): Promise<StepContent>;
  /** The step or the prompt that somebody wants to see just now; asked for it once, it is wanted no more. */
  wanted(): Promise<string | null>;
}

/** What the replay has done by the editor that it stands in. */
export interface EditorHost {
  openTranscript(): Promise<void>;
  /** Shows what a step changed in the editor's own diff; of one file, or of the first. */
  openDiff(step: string, path?: string): Promise<void>;
  /** The same beside the page, which keeps the focus: for who follows the replay in the editor. */
  showDiff(step: string): Promise<void>;
  /** Shows all that the session changed. */
  openChanges(): Promise<void>;
  /** Takes back what a step changed, after the user has seen what that comes to. */
  undo(step: string): Promise<void>;
  /** Shows a file as a step left it. */
  openFileAt(step: string, path?: string): Promise<void>;
  /** What the editor shows; nothing when that is no file. */
  openFile(): Promise<OpenFile | null>;
}

/** A session in a page of its own: what it embeds instead of asking for it. */
export interface Embedded {
  session: Session;
  /** By the step's id; without those of which nothing was said, or that had no room. */
  said: Record<string, StepContent>;
  /** Of how many steps what was said had no room. */
  leftOut: number;
}

/** A file in the editor, and the session's steps that changed it. */
export interface OpenFile {
  path: string;
  changedBy: string[];
  /** The step that wrote the line of the cursor, if one of the session did. */
  wroteLine: string | null;
}

/** What a session became: of each list only what follows its first unchanged part. */
export interface Growth {
  /** To be named when asking again. */
  version: number;
  head: Omit<Session, "prompts" | "requests">;
  prompts: Tail<{ head: Omit<Prompt, "steps">; steps: Tail<Step> }>;
  requests: Tail<ModelRequest>;
}

/** A list from one place on; what stands before it is as it was. */
export interface Tail<T> {
  from: number;
  items: T[];
}

/** What the comparison's page asks of the extension. */
export interface CompareHost {
  /** Which two are compared, to be remembered by the page. */
  pair(): Promise<Pair>;
  sides(): Promise<[Side, Side]>;
  /** Opens a session's replay at a step or a prompt. */
  openReplay(session: string, at: string | null): Promise<void>;
}

/** A session, or one prompt of it. */
export interface Part {
  session: string;
  prompt?: string;
}

export type Pair = [Part, Part];

/** One side of a comparison: what a session, or a prompt of it, came to. */
export interface Side extends Part, Spent {
  /** What the session is called. */
  title: string;
  project: string;
  startedAt: number;
  /** Whether it came to its end, and not to a bad one. */
  well: boolean;
  unpricedModels: string[];
  /** For how long the agent was at work, and between two prompts its user; of one prompt there is only the first. */
  activeMs: number;
  waitingMs: number | null;
  steps: Counted;
  errors: Counted;
  files: Counted;
  commits: Counted;
  subagents: Counted;
  added: number;
  removed: number;
  tools: Used[];
  models: string[];
  clientVersion: string | null;
  /** What was asked, each with its first line. */
  prompts: { id: string; text: string; costUsd: number }[];
}

/** How many, and the step where the first of them is. */
export interface Counted {
  n: number;
  at: string | null;
}

/** How often a tool was called, and for how long in all. */
export interface Used extends Counted {
  name: string;
  failed: number;
  ms: number;
}

/** What the bill's page asks of the extension. */
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

/** From webview to host: one method call. */
export interface Call {
  call: number;
  method: string;
  args: unknown[];
}

/** From host to webview: how a call ended, or a hint that something is to be asked for. */
export type Reply = { call: number; ok: unknown } | { call: number; err: string };
export type ToWebview = Reply | { hint: Hinted };

/** That the session changed, that a step of it is wanted, or that the user moved in the editor. */
export type Hinted = "changed" | "wanted" | "moved";
