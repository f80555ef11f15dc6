/** What an export is taken in again as. Types only, so that every bundle can import them for nothing. */
import type { FileChange, Tokens } from "./protocol.ts";

/**
 * A line of an export, as it is taken in again: times in milliseconds since 1970, and without what is not known. What
 * kind of line knows which of it, `export` says.
 */
export interface ImportedLine {
  type: "session" | "prompt" | "request" | "step";
  session: string;
  id: string;
  at: number;
  /** Of a session. */
  project?: string;
  branch?: string;
  title?: string;
  parentId?: string;
  clientVersion?: string;
  endedAt?: number;
  status?: string;
  statusSince?: number;
  /** Beyond its requests, with what its parent's came to. */
  unattributedUsd?: number;
  subagents?: { id: string; type?: string; parentStepId?: string }[];
  changes?: ImportedChange[];
  commits?: { sha?: string; stepId?: string; at: number }[];
  /** Of a prompt, and of what the model said. */
  text?: string;
  /** Of a request; without costs when the price of its model is not known. */
  model?: string;
  tokens?: Tokens;
  costUsd?: number;
  /** Of a step, some also of a request. */
  number?: number;
  kind?: string;
  name?: string;
  promptId?: string;
  requestId?: string;
  agentId?: string;
  durationMs?: number;
  waitedMs?: number;
  saidBytes?: number;
  toldBytes?: number;
  failure?: { type: string; code: string };
  /** What a tool was given, as JSON. */
  input?: string;
  result?: string;
}

export interface ImportedChange {
  stepId: string;
  agentId?: string;
  at: number;
  /** Unless nobody knows it any more. */
  path?: string;
  status: FileChange["status"];
  added: number;
  removed: number;
}
