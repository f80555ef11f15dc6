/**
 * The contract of all sides: what the owner's HTTP API answers, and what it hints at; what webviews ask of their host
 * is in pages.ts. Types only, so that every bundle can import it for nothing.
 */

import type { AlertsApi } from "./alert.ts";
import type { MoneyApi } from "./bill.ts";
import type { ImportedLine } from "./imports.ts";
import type { RecorderState } from "./job.ts";
import type {
  CodeApi,
  Edit,
  EditsWanted,
  Found,
  SearchWanted,
  SessionsWanted,
  StepsWanted,
  TimelineStep,
  Usage,
  UsageWanted,
} from "./questions.ts";

/** A session as lists show it. Times are milliseconds since 1970, costs are in dollars. */
export interface SessionRow extends Spent {
  id: string;
  title: string;
  /** The folder in which Claude Code ran. */
  project: string;
  branch: string | null;
  models: string[];
  clientVersion: string | null;
  startedAt: number;
  endedAt: number;
  status: SessionStatus;
  /** Since when it is so. */
  statusSince: number;
  /** The tool that it asks a permission for. */
  asks: string | null;
  /** How many tokens the model was last given, as long as the session is alive: how full its context is. */
  context?: number;
  prompts: number;
  toolCalls: number;
  errors: number;
  edits: number;
  linesAdded: number;
  linesRemoved: number;
  files: number;
  subagents: number;
  commits: number;
  /** What the client says it spent beyond what its transcript shows: to compact, to find titles. */
  unattributedUsd: number;
  /** Models whose price is not known, so that their requests are not in the cost. */
  unpricedModels: string[];
  /** The session that this one was forked from. */
  parentId: string | null;
  transcript: string;
}

export type SessionStatus =
  | "running"
  /** It waits for a permission. */
  | "asking"
  /** It has answered, and waits for what its user says next. */
  | "waiting"
  /** It waits, and nobody came for a while. */
  | "idle"
  | "done"
  | "failed"
  | "interrupted"
  /** It was at work, and nothing was heard of it since: its process is gone, or hangs. */
  | "lost";

/** What requests to the model took. */
export interface Spent {
  tokens: Tokens;
  costUsd: number;
}

export interface Tokens {
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite5m: number;
  cacheWrite1h: number;
}

/** Something that the agent did, said or met, or a command that the user gave to the client. */
export interface Step {
  /** For a tool call the client's own id of it. */
  id: string;
  kind: "tool" | "response" | "thinking" | "retry" | "error" | "compaction" | "command" | "interruption";
  /** Of a tool call the tool, of a command its name. */
  name: string | null;
  /** What it was about: the command, the path, the pattern; of what the model said its first line. */
  target: string | null;
  status: "ok" | "failed" | "denied" | "interrupted" | "running";
  failure: { type: string; code: string } | null;
  startedAt: number;
  /** For how long it waited for the user's permission before that, as far as is known. */
  waitedMs: number;
  durationMs: number | null;
  added: number;
  removed: number;
  /** The sub-agent that did it, if one did. */
  agentId: string | null;
  requestId: string | null;
  /** Its share of its request, and all that a sub-agent cost that it started. */
  costUsd: number;
  /** How many bytes of text the model wrote for it, and how many it was told of its outcome. */
  saidBytes: number;
  toldBytes: number;
}

/** What a person asked, and what followed. */
export interface Prompt extends Spent {
  id: string;
  text: string;
  /** How many pictures came with it, if any did; they are part of its content. */
  pictures?: number;
  startedAt: number;
  endedAt: number;
  steps: Step[];
}

/** Part of a session that a tool call started, to work by itself. */
export interface Subagent {
  id: string;
  type: string | null;
  parentStepId: string | null;
  toolCalls: number;
  /** With what its own sub-agents cost. */
  costUsd: number;
}

export interface FileChange {
  path: string;
  added: number;
  removed: number;
  status: "created" | "changed" | "deleted" | "renamed";
}

export interface Commit {
  /** As far as its name was printed. */
  sha: string | null;
  stepId: string | null;
  at: number;
}

/** One answer of the model, and what it took. */
export interface ModelRequest extends Spent {
  id: string;
  at: number;
  agentId: string | null;
  model: string | null;
  /** Known from telemetry only. */
  durationMs: number | null;
}

/** A whole session. */
export interface Session extends Omit<SessionRow, "prompts" | "subagents" | "files" | "commits"> {
  prompts: Prompt[];
  requests: ModelRequest[];
  subagents: Subagent[];
  files: FileChange[];
  commits: Commit[];
}

/** What was said and done in a step, or asked in a prompt, as far as it can still be read; long texts are cut. */
export interface StepContent {
  /** What a tool was given, as JSON. */
  input?: string;
  /** What the model was told of its outcome. */
  result?: string;
  /** What the client noted of its outcome, as JSON. */
  details?: string;
  /** What the model wrote or thought; no thought when the client did not record it. */
  text?: string;
  /** What was pasted into a prompt, or what a tool showed. */
  pictures?: Picture[];
  /** Where it was read. */
  from: "transcript" | "store" | "nowhere";
  cut: boolean;
}

/** A picture that a browser can show. */
export interface Picture {
  type: string;
  base64: string;
}

/** Everything together. */
export interface Totals extends Spent {
  sessions: number;
  prompts: number;
  steps: number;
  requests: number;
}

/** What the owner answers over HTTP; `extension/serve/routes.ts` has the paths. */
export interface Api extends CodeApi, MoneyApi {
  /** All sessions, or those that are wanted. */
  sessions(wanted?: SessionsWanted): Promise<SessionRow[]>;
  session(id: string): Promise<Session>;
  /** A page of a session's steps, for one that is too long to be had whole. */
  timeline(session: string, wanted: StepsWanted): Promise<TimelineStep[]>;
  content(session: string, step: string): Promise<StepContent>;
  edits(wanted: EditsWanted): Promise<Edit[]>;
  usage(wanted: UsageWanted): Promise<Usage[]>;
  search(wanted: SearchWanted): Promise<Found>;
  totals(): Promise<Totals>;
  state(): Promise<RecorderState>;
  /** Looks through the folders again, for what no file event told of. */
  scan(): Promise<void>;
  /** Writes a copy of the store to a new file. */
  backUp(file: string): Promise<void>;
  /** Writes the store anew without the room that deleted data left. */
  compact(): Promise<Compacted>;
  /** Deletes sessions for good; Claude Code's own transcripts stay. */
  deleteSessions(ids: string[]): Promise<void>;
  /** Deletes all that was recorded, and reads nothing until `readAgain`. */
  deleteAll(): Promise<void>;
  readAgain(): Promise<void>;
  /** Counts costs by another list of prices from now on: all that the price package's source holds. */
  takePrices(list: string): Promise<TakenPrices>;
  /** Tries anew to store the events that could not be; answers how many. */
  replayEvents(): Promise<number>;
  /** Takes in lines of an export: all of them, or none. */
  takeIn(lines: ImportedLine[]): Promise<void>;
  readonly alerts: AlertsApi;
  /** Agrees that sessions are sent on from now, as the state says. */
  agreeToForward(): Promise<void>;
}

/** How many models a list has, and whether it differs from the one of before. */
export interface TakenPrices {
  models: number;
  changed: boolean;
}

/** The size of the store before and after it was compacted, in bytes. */
interface Compacted {
  before: number;
  after: number;
}

/** Pushed when something changed; whoever shows it asks again. */
export type Hint = { kind: "session"; session: string } | { kind: "state" } | { kind: "alert" };
