/** What a recorder is started with, and what its worker says. Types only, so that every bundle can import them. */

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
