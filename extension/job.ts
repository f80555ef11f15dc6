/** What a recorder is started with, what its worker says, and how it is doing. Types only, so that every bundle can import them. */

import type { AlertSettings } from "./alert.ts";

/** Where a recorder works: its data, what it reads, and the port it would like. */
export interface Place {
  dataDir: string;
  /** The folders of Claude Code to read. */
  folders: string[];
  /** The folder of the demo sessions, to show them and nothing else; they are never saved. */
  demo?: string;
  port: number;
  /** The port for OpenTelemetry over gRPC; none when 0 or not said. */
  grpcPort?: number;
  /** For how many days sessions are kept after their end; for ever when 0 or not said. */
  keepDays?: number;
  /** What the user pays for models, in dollars per million tokens, where it is not what the lists say. */
  prices?: Record<string, ModelPrice>;
  /** How much of what was said the store may keep: nothing at all when it is not said. */
  tier?: 1 | 2 | 3;
  /** The user's own patterns of what is a secret, and never kept. */
  redact?: string[];
  /** The time zone in which days are counted; the machine's when it is empty. */
  timeZone?: string;
  /** When to tell of something, and where to. Who has no settings keeps to the rules in the store. */
  alerts?: AlertSettings;
  /** Where sessions are sent on to, if anywhere. */
  forward?: Forward;
}

/** Where spans of sessions are sent on to as they pause and end, in the user's words; nowhere when neither of the first two is said. */
export interface Forward {
  endpoint?: string;
  preset?: "datadog" | "honeycomb" | "newrelic" | "splunk" | "grafana" | "jaeger";
  /** A value of `env:NAME` is that variable of the environment. */
  headers?: Record<string, string>;
  words?: "none" | "prompts" | "all";
}

/** In dollars per million tokens; what is left out follows from the list or from the price of input. */
export interface ModelPrice {
  input?: number;
  output?: number;
  cacheRead?: number;
  cacheWrite5m?: number;
  cacheWrite1h?: number;
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
  /** What of the transcripts this version does not know, and how often it was met. */
  unknown: { what: string; times: number }[];
  /** When the last hook, telemetry or program's event was stored. */
  heard: { hook?: number; telemetry?: number; program?: number; mcp?: number };
  /** The user's own patterns of what is a secret, for whoever hands on what was said. */
  redact: string[];
  /** The time zone in which days are counted. */
  timeZone: string;
  /** How much of what was said the store keeps, and how large it is, in bytes. */
  tier: 1 | 2 | 3;
  storeSize: number;
  /** Events that could not be stored, and wait in a file to be replayed. */
  deadLetters: number;
  /** True after the user deleted all data: nothing is read until asked to. */
  erased: boolean;
  /** What is sent on, if the user wants anything to be. */
  forward?: ForwardState | undefined;
  /** What the user should know, e.g. that nothing can be saved. */
  notes: Note[];
}

/** Sessions that are sent on. */
export interface ForwardState {
  /** The endpoint's origin. */
  to: string;
  /** How much of what was said goes along. */
  words: "none" | "prompts" | "all";
  /** How many sessions are not sent, or not over yet; null as long as the user has not agreed to it. */
  waiting: number | null;
}

/** Something that went wrong without stopping the rest. */
export interface Note {
  what: string;
  why: string;
  /** What mends it, where it is not in the log. */
  help?: "connect";
}
