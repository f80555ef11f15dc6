/**
 * What can be asked of the owner about a part of what it knows, and what it answers; the rest of the contract is in
 * protocol.ts. Types only, so that every bundle can import it for nothing.
 */
import type { FileChange, Spent, Step } from "./protocol.ts";

/** Which sessions, the one last at work first. */
export interface SessionsWanted {
  limit?: number;
  /** Those after this one in the list: its `endedAt` and its `id`, with a comma between. */
  before?: string;
  /** Those in this folder or below it. */
  project?: string;
  /** Those that were at work since then, in milliseconds since 1970. */
  since?: number;
  /** Those that were last at work before then. */
  until?: number;
  model?: string;
  /** Words that all must be in what its row tells: its title, project, branch, models or id. */
  text?: string;
  /** Those in one of these states, with commas between. */
  status?: string;
  /** Those that used a tool with this in its name. */
  tool?: string;
  /** Those that changed a file with this in its path. */
  file?: string;
  /** Those that cost as much, and those that cost no more, in dollars. */
  costFrom?: number;
  costTo?: number;
  sort?: SessionsSort;
}

/** What stands first: the last at work, the most expensive, the longest. */
export type SessionsSort = "time" | "cost" | "duration";

/** Which steps of a session, from its first one on. */
export interface StepsWanted {
  /** Those after this one, by its id. */
  after?: string;
  limit?: number;
}

export interface TimelineStep extends Step {
  /** The prompt that it followed, if it followed one. */
  promptId: string | null;
}

/** Which edits, the last one first: of a session, of a file by its whole path, or those of the one to the other. */
export interface EditsWanted {
  session?: string;
  file?: string;
  limit?: number;
}

/** What a step did to a file. */
export interface Edit extends FileChange {
  sessionId: string;
  stepId: string;
  agentId: string | null;
  at: number;
}

/** Of what: from one day to another, both with all of it, such as 2026-11-21, and only of those that are named. */
export interface UsageFilter {
  from?: string;
  to?: string;
  /** Sessions in these folders or below, one a line. */
  within?: string;
  project?: string;
  model?: string;
  /** A sub-agent's type; nothing for the main thread. */
  agent?: string;
  session?: string;
}

/** What was used, each by itself, or each pair of them. */
export interface UsageWanted extends UsageFilter {
  by: UsageBy;
  and?: UsageBy;
}

export type UsageBy = "day" | "model" | "project" | "agent" | "session";

/** What one of them used. */
export interface Usage extends Spent {
  /** Which day, model and so on; nothing where it is not known, and for the main thread among the agents. */
  name: string;
  /** Likewise, when pairs were asked for. */
  and?: string;
  prompts: number;
  toolCalls: number;
  errors: number;
  linesAdded: number;
  linesRemoved: number;
  requests: number;
  /** Requests to models whose price is not known, so that they are not in the cost. */
  unpriced: number;
}

export interface SearchWanted {
  q: string;
  limit?: number;
}

/** Where words were found, in what the store may keep. */
export interface Match {
  sessionId: string;
  /** What was said, or what a step was given or said. */
  promptId: string | null;
  stepId: string | null;
  snippet: string;
}

/** What a program that is no Claude Code tells of itself. */
export interface ProgramEvent {
  agent_id: string;
  event_type: string;
  /** Milliseconds since 1970, or as in 2026-11-21T10:00:00Z. */
  timestamp: number | string;
  provider?: string;
  model?: string;
  tokens_in?: number;
  tokens_out?: number;
  latency_ms?: number;
  status_code?: number;
  trace_id?: string;
  span_id?: string;
  parent_span_id?: string;
}
