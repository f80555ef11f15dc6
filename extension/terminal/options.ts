import type { parseArgs } from "node:util";

/** All options of all commands; which one takes which, the command says. */
export const OPTIONS = {
  json: { type: "boolean", does: "the answer as JSON, of commands that give one" },
  "claude-dir": {
    ...{ type: "string", multiple: true, value: "DIR" },
    does: "the folder of Claude Code to read instead of yours; can be repeated",
  },
  "data-dir": {
    ...{ type: "string", value: "DIR" },
    does: "where Agent Trace keeps its data (default: $AGENT_TRACE_DATA_DIR, else ~/.local/share/agent-trace)",
  },
  "privacy-tier": {
    ...{ type: "string", value: "1|2|3" },
    does: "what may be kept of what was said: 1 nothing (the default), 2 prompts, paths, commands and diffs, 3 all",
  },
  port: {
    ...{ type: "string", value: "N" },
    does: "the port on 127.0.0.1 (default: $AGENT_TRACE_PORT, else 8317, else the next free one)",
  },
  help: { type: "boolean", short: "h", does: "this, or all of a command with examples" },
  version: { type: "boolean", does: "which version this is" },
  project: {
    ...{ type: "string", value: "DIR" },
    does: "of this project alone",
  },
  http: {
    ...{ type: "boolean" },
    does: "hooks over HTTP, which tell of every tool call (Claude Code 2.1.197 or newer)",
  },
  "dry-run": { type: "boolean", does: "only show what would be done" },
  yes: { type: "boolean", short: "y", does: "don't ask" },
  filter: {
    ...{ type: "string", value: "KIND,…" },
    does: "only some: prompt, tool_call, error, edit, response, thinking, command, agent, or a tool such as Bash",
  },
  live: { type: "boolean", does: "as it unfolded in time" },
  speed: { type: "string", value: "N", does: "so many times as fast (default: 10)" },
  follow: { type: "boolean", short: "f", does: "go on with what happens from now, until it is over" },
  by: { type: "string", value: "day|model|project|session|agent", does: "what to add up by (default: day)" },
  since: { type: "string", value: "WHEN", does: "from then on: 2026-11-01, 12h, 7d, 4w or today" },
  format: {
    type: "string",
    value: "json|ndjson|csv|md|html|otlp",
    does: "how it is written (default: as --out ends, else json)",
  },
  out: { type: "string", short: "o", value: "FILE", does: "into this file, instead of the standard output" },
  words: {
    type: "string",
    value: "none|prompts|all",
    does: "how much of what was said goes along: only numbers; prompts, paths, commands and diffs; also answers and outputs",
  },
  endpoint: { type: "string", value: "URL", does: "send spans there, by OTLP over HTTP" },
  preset: {
    type: "string",
    value: "datadog|honeycomb|newrelic|splunk|grafana|jaeger",
    does: "send spans to one of these, whose key is read from the environment",
  },
  header: {
    type: "string",
    multiple: true,
    value: "NAME=VALUE",
    does: "said to the endpoint, such as its key, which env:NAME takes from the environment; can be repeated",
  },
  protocol: {
    type: "string",
    value: "http/protobuf|http/json",
    does: "how spans are sent (default: http/protobuf)",
  },
  name: { type: "string", value: "NAME", does: "what to call the server (default: as it calls itself)" },
  redact: { type: "boolean", does: "keep no arguments and results, whatever the privacy tier" },
  limit: { type: "string", value: "N", does: "no more than so many" },
} as const satisfies Record<string, Option>;

interface Option {
  type: "string" | "boolean";
  short?: string;
  multiple?: boolean;
  /** What is typed after it; alternatives have bars between them. */
  value?: string;
  does: string;
}

export type OptionName = keyof typeof OPTIONS;

/** Those that every command takes. */
export const COMMON: OptionName[] = ["json", "claude-dir", "data-dir", "privacy-tier", "port", "help"];

/** What was typed. */
export type Options = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>["values"];

/** Some of them, as parseArgs wants them. */
export function some(names: OptionName[]): Record<string, Option> {
  return Object.fromEntries(names.map(name => [name, OPTIONS[name]]));
}

/** `--since WHEN`. */
export function typed(name: OptionName): string {
  const { value, short }: Option = OPTIONS[name];
  return `${short ? `-${short}, ` : ""}--${name}${value ? ` ${value}` : ""}`;
}

/** What can be typed after an option, where that is one of a few. */
export function choices(name: OptionName): string[] {
  const { value = "" }: Option = OPTIONS[name];
  return value.includes("|") ? value.split("|") : [];
}
