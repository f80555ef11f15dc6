import { isObject, type Json, object } from "../clean/json.ts";
import { commandOf } from "./hook-script.ts";

/** By which everything of ours in a settings file is known as ours. */
export interface Side {
  dataDir: string;
  /** What the receiver wants from Claude Code. */
  token: string;
}

/** What is to be connected, and how. */
export interface Wanted extends Side {
  /** On which port of 127.0.0.1 the receiver listens. */
  port: number;
  /** How much of what was said may be sent to it. */
  tier: 1 | 2 | 3;
  telemetry: boolean;
  hooks: "none" | "command" | "http";
  /** The versions of Claude Code that use the settings, as far as they are known. */
  clients: string[];
  /** What telemetry is already told in the environment, such as OTEL_LOGS_EXPORTER. */
  environment: string[];
}

/**
 * The events, and the client from which on they are safe: clients 1.0 and 2.0 throw the whole settings file away for
 * one event, or one kind of hook, that they don't know. Stop is missing because for it clients 2.1 add a line to the
 * transcript, however silent the hook is, and nothing per tool call, because transcript and telemetry have these.
 */
const EVENTS: [event: string, since: string][] = [
  ["SessionStart", "1.0"],
  ["UserPromptSubmit", "1.0"],
  ["Notification", "1.0"],
  ["SubagentStop", "1.0"],
  ["PreCompact", "1.0"],
  ["SessionEnd", "1.0"],
  ["PermissionRequest", "2.0.77"],
  ["SubagentStart", "2.0.77"],
  ["StopFailure", "2.1.197"],
  ["PostCompact", "2.1.197"],
];

/** What HTTP hooks add: they cost nearly nothing, so that they can come with every tool call. */
const HTTP_EVENTS = ["PreToolUse", "PostToolUse", "PostToolUseFailure", "Stop"];
const HTTP_SINCE = "2.1.197";

/** Whether all clients know hooks over HTTP. */
export function knowHttp(clients: string[]): boolean {
  return clients.length > 0 && clients.every(client => !isOlder(client, HTTP_SINCE));
}

/** What some of the clients don't know, so that they ignore the whole settings. */
export function unsafeEvents(events: string[], clients: string[], http: boolean): string[] {
  const isNew = (since: string) => clients.some(client => isOlder(client, since));
  const unknown = EVENTS.filter(([event, since]) => events.includes(event) && isNew(since)).map(
    ([event]) => event,
  );
  return http && isNew(HTTP_SINCE) ? [...unknown, "hooks over HTTP"] : unknown;
}

/** The hook of each event. */
export function hooksOf(wanted: Wanted): [event: string, hook: Json][] {
  const { dataDir, token, port, clients } = wanted;
  if (wanted.hooks === "none") return [];
  // It waits for nobody; the time is for a disk that hangs.
  const command = { type: "command", command: commandOf(dataDir), timeout: 1 };
  const http = {
    type: "http",
    url: `http://127.0.0.1:${port}/v1/hooks`,
    timeout: 1,
    headers: { Authorization: `Bearer ${token}` },
  };
  const known = clients.length > 0 ? clients : ["1.0"];
  const events = EVENTS.filter(([, since]) => known.every(client => !isOlder(client, since)));
  if (wanted.hooks === "command" || !knowHttp(clients)) return events.map(([event]) => [event, command]);
  const all = [...events.map(([event]) => event), ...HTTP_EVENTS];
  return all.map(event => [event, event === "SessionStart" ? command : http]); // it is never sent over HTTP
}

export function isOurHook(hook: unknown, { dataDir, token }: Side): boolean {
  const { type, command, url, headers } = object(hook);
  if (type === "command") return command === commandOf(dataDir);
  const ours = typeof url === "string" && /^http:\/\/127\.0\.0\.1:\d+\/v1\/hooks$/.test(url);
  return type === "http" && ours && object(headers).Authorization === `Bearer ${token}`;
}

const CONTENT = {
  1: {},
  2: { OTEL_LOG_USER_PROMPTS: "1", OTEL_LOG_TOOL_DETAILS: "1", OTEL_LOG_ASSISTANT_RESPONSES: "0" },
  3: { OTEL_LOG_USER_PROMPTS: "1", OTEL_LOG_TOOL_DETAILS: "1", OTEL_LOG_ASSISTANT_RESPONSES: "1" },
};

const HEADERS = "OTEL_EXPORTER_OTLP_LOGS_HEADERS";
export const ENDPOINT = "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT";

/** The variables by which Claude Code sends its logs to us, and nothing else anywhere. */
export function variablesOf({ port, token, tier }: Wanted): Record<string, string> {
  return {
    [HEADERS]: `Authorization=Bearer ${token}`, // goes last when all are removed: the others are known by it
    [ENDPOINT]: `http://127.0.0.1:${port}/v1/logs`,
    OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: "http/protobuf",
    OTEL_LOGS_EXPORTER: "otlp",
    OTEL_LOGS_EXPORT_INTERVAL: "1000",
    CLAUDE_CODE_OTEL_SHUTDOWN_TIMEOUT_MS: "1000", // so long it waits at its end for whoever hangs; else 2 s
    CLAUDE_CODE_ENABLE_TELEMETRY: "1",
    ...CONTENT[tier],
  };
}

const VALUES: Record<string, RegExp> = {
  [HEADERS]: /^/,
  [ENDPOINT]: /^http:\/\/127\.0\.0\.1:\d+\/v1\/logs$/,
  OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: /^http\/protobuf$/,
  OTEL_LOGS_EXPORTER: /^otlp$/,
  OTEL_LOGS_EXPORT_INTERVAL: /^1000$/,
  CLAUDE_CODE_OTEL_SHUTDOWN_TIMEOUT_MS: /^1000$/,
  CLAUDE_CODE_ENABLE_TELEMETRY: /^1$/,
  OTEL_LOG_USER_PROMPTS: /^1$/,
  OTEL_LOG_TOOL_DETAILS: /^1$/,
  OTEL_LOG_ASSISTANT_RESPONSES: /^[01]$/,
};

export function isOurTelemetry(env: unknown, { token }: Side): boolean {
  return isObject(env) && env[HEADERS] === `Authorization=Bearer ${token}`;
}

/** Of variables that are ours, those whose value nobody has changed since; what they are known by comes first. */
export function ourVariables(env: unknown, side: Side): string[] {
  if (!isOurTelemetry(env, side)) return [];
  const values = object(env);
  return Object.keys(VALUES).filter(name => name in values && VALUES[name]?.test(String(values[name])));
}

/** Whether a variable is about telemetry, so that ours would meddle with what the user set up. */
export function isTelemetry(name: string): boolean {
  return /^(OTEL_|CLAUDE_CODE_OTEL_|CLAUDE_CODE_ENABLE_TELEMETRY$)/.test(name);
}

function isOlder(version: string, than: string): boolean {
  const [a, b] = [version, than].map(text => text.split(".").map(Number));
  const differs = [0, 1, 2].find(i => (a?.[i] || 0) !== (b?.[i] || 0));
  return differs !== undefined && (a?.[differs] || 0) < (b?.[differs] || 0);
}
