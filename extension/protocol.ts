/**
 * The contract of all sides: what the owner's HTTP API answers, what it hints at, and what a webview may ask
 * of its host. Types only, so that every bundle can import it for nothing.
 */

/** A session as lists show it. Times are milliseconds since 1970. */
export interface SessionRow {
  id: string;
  title: string;
  /** The folder in which Claude Code ran. */
  project: string;
  transcript: string;
  startedAt: number;
  endedAt: number;
  prompts: number;
  steps: number;
  failures: number;
}

/** One tool call. */
export interface Step {
  id: string;
  tool: string;
  /** What it was about, in one line: the command, the path, the pattern. */
  label: string;
  at: number;
  failed: boolean;
  /** The sub-agent that made the call, if one did. */
  agent?: string;
}

/** What a person asked, and the tool calls that followed. */
export interface Prompt {
  id: string;
  text: string;
  at: number;
  steps: Step[];
}

/** A whole session. */
export interface Session extends SessionRow {
  chapters: Prompt[];
}

/** A folder of Claude Code's, and whether it could be read. */
export interface FolderState {
  path: string;
  state: "found" | "missing" | "unreadable";
  reason?: string;
}

/** How the recorder is doing. */
export interface RecorderState {
  folders: FolderState[];
  /** Transcript files read so far in this run, out of those found. */
  read: number;
  found: number;
  /** False until all folders have been looked through. */
  scanned: boolean;
  /** Lines that were not JSON. */
  skipped: number;
  /** Events that could not be stored, and wait in a file to be replayed. */
  deadLetters: number;
  /** True after the user deleted all data: nothing is read until asked to. */
  erased: boolean;
  /** What the user should know, e.g. that nothing can be saved. */
  notes: Note[];
}

/** Something that went wrong without stopping the rest. */
export interface Note {
  what: string;
  why: string;
}

/** What the owner answers over HTTP; `extension/serve/server.ts` has the paths. */
export interface Api {
  sessions(): Promise<SessionRow[]>;
  session(id: string): Promise<Session>;
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
  /** Tries anew to store the events that could not be; answers how many. */
  replayEvents(): Promise<number>;
}

/** The size of the store before and after it was compacted, in bytes. */
export interface Compacted {
  before: number;
  after: number;
}

/** Pushed when something changed; whoever shows it asks again. */
export type Hint = { kind: "session"; session: string } | { kind: "state" };

/** What the replay webview asks of the extension. */
export interface ReplayHost {
  sessionId(): Promise<string>;
  session(): Promise<Session>;
  openTranscript(): Promise<void>;
}

/** From webview to host: one method call. */
export interface Call {
  call: number;
  method: string;
  args: unknown[];
}

/** From host to webview: how a call ended, or a hint that the shown session changed. */
export type Reply = { call: number; ok: unknown } | { call: number; err: string };
export type ToWebview = Reply | { hint: "changed" };

/** Where a recorder works: its data, what it reads, and the port it would like. */
export interface Place {
  dataDir: string;
  /** The folders of Claude Code to read. */
  folders: string[];
  /** The folder of the demo sessions, to show them and nothing else; they are never saved. */
  demo?: string;
  port: number;
  /** For how many days sessions are kept after their end; for ever when 0 or not said. */
  keepDays?: number;
}

/** What a recorder's worker is started with. */
export type Job = Place & {
  token: string;
  /** Under which generation of the meeting point it is to be found. */
  generation: number;
  /** The data folder is in use on another host, so that this one has a place of its own in it. */
  shared: boolean;
  /** Why the data folder can't be used, if it can't. */
  unsaved?: string;
};

/** What a recorder's worker tells the thread that started it. */
export type FromRecorder =
  | { kind: "log"; line: string }
  | { kind: "serving" }
  | { kind: "taken" }
  | { kind: "failed"; message: string };
