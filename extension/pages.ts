/** The contract between the extension and its webviews. Types only, so that both bundles can import it for nothing. */

import type { ModelRequest, Prompt, Session, Step, StepContent } from "./protocol.ts";

/** What the replay webview asks of the extension. */
export interface ReplayHost {
  sessionId(): Promise<string>;
  /** What came since the page asked the last time; the whole session when it holds `undefined`. */
  session(holds: number | undefined): Promise<Growth>;
  content(step: string): Promise<StepContent>;
  /** The step or the prompt that somebody wants to see just now; asked for it once, it is wanted no more. */
  wanted(): Promise<string | null>;
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

/** From webview to host: one method call. */
export interface Call {
  call: number;
  method: string;
  args: unknown[];
}

/** From host to webview: how a call ended, or a hint that the session changed or that a step of it is wanted. */
export type Reply = { call: number; ok: unknown } | { call: number; err: string };
export type ToWebview = Reply | { hint: Hinted };

export type Hinted = "changed" | "wanted";
