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
  /** Where to go on: what the answer before named. */
  from?: string;
}

/** What was found in a while. */
export interface Found {
  matches: Match[];
  /** Where to go on, until everything was searched. */
  next?: string;
}

/** Where words were found; with neither a prompt nor a step in the title of a session. */
export interface Match {
  sessionId: string;
  /** The session's. */
  title: string;
  /** The tool of a step. */
  name: string | null;
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

/** What is asked where the code is. */
export interface CodeApi {
  /** The files that some of a session changed, before and after, without what others did in between. */
  changes(session: string, wanted: ChangesWanted): Promise<Changes>;
  /** Takes such changes back in a text; nothing is written. */
  takeBack(session: string, wanted: TakeBackWanted): Promise<TakenBack>;
  /** Who wrote the lines of a file. */
  blame(wanted: BlameWanted): Promise<Blame>;
  /** All steps that changed a file, the last one first. */
  fileHistory(file: string): Promise<FileStep[]>;
}

/** Neighbouring lines of a patch: each with a blank, a plus or a minus before it. */
export interface Hunk {
  /** The number of its first line before and after; 0 where nobody knows. */
  oldStart: number;
  newStart: number;
  lines: string[];
}

/** A file before and after; line ends are plain ones. */
export interface FileVersion {
  path: string;
  /** Its path before, where it was renamed. */
  from?: string;
  status: FileChange["status"];
  /** Both texts where they prove themselves, else only what is known to have changed. */
  kind: "exact" | "hunks";
  /** None where there was no file. */
  before: string | null;
  after: string | null;
  added: number;
  removed: number;
  /** Of what is not exact; none when nothing can be read any more. */
  hunks: Hunk[];
  /** Other edits lie between these, and could not be told from them. */
  mixed: boolean;
}

/** What some of a session changed. */
export interface Changes {
  /** What was asked for, or the session's title. */
  title: string;
  files: FileVersion[];
}

/** Which of a session's changes: all of them, or those of a step, a prompt or a sub-agent. */
export interface ChangesWanted {
  step?: string;
  prompt?: string;
  agent?: string;
}

/** Which changes are to be taken back in a file that reads `text` by now. */
export interface TakeBackWanted extends ChangesWanted {
  path: string;
  text: string;
}

export interface TakenBack {
  text: string;
  /** How to get there, place by place. */
  places: Replacement[];
  /** How many places were taken back. */
  done: number;
  /** True when nothing of a file is left that was not there before. */
  gone: boolean;
  conflicts: Conflict[];
}

/** Lines from `start` to before `end`, the first of a text being 0, and what they become. */
export interface Replacement {
  start: number;
  end: number;
  text: string;
}

/** A place that somebody changed since, and that is left as it is. */
export interface Conflict {
  step: string;
  /** What the step had made of what. */
  before: string;
  after: string;
}

/** A file as it reads by now, saved or not. */
export interface BlameWanted {
  path: string;
  text: string;
}

export interface Blame {
  /** Neighbouring lines that a step wrote, from `start` on, the first line being 0; of others nothing is known. */
  spans: { start: number; count: number; step: number }[];
  steps: BlamedStep[];
  /** Of the other lines, those of which another program noted down who wrote them. */
  others: OtherSpan[];
}

/** Neighbouring lines that somebody else wrote; `sure` unless the note does not tell for certain which lines it means. */
export interface OtherSpan {
  start: number;
  count: number;
  by: OtherAuthor;
  sure: boolean;
}

/** Another agent, or a person, as noted down when it was committed. */
export interface OtherAuthor {
  kind: "ai" | "human" | "mixed";
  /** The agent's program, or the name of the person, if it is known. */
  name: string;
  model: string | null;
  /** Where their conversation can be read. */
  url: string | null;
  at: number | null;
}

/** A step that changed a file, and what for. */
export interface FileStep extends BlamedStep {
  added: number;
  removed: number;
}

/** Who wrote some lines, and why. */
export interface BlamedStep {
  sessionId: string;
  stepId: string;
  promptId: string | null;
  agentId: string | null;
  at: number;
  model: string | null;
  title: string;
  prompt: string;
  costUsd: number;
}
