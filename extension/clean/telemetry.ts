import { type Fact, type Mood, type Usage, usageRank } from "./facts.ts";
import { byUser, type Failure, toolFailure } from "./failures.ts";
import { guessed } from "./hook.ts";
import { amount, id, isObject, type Json, text } from "./json.ts";

/** A record of Claude Code's telemetry, as it was sent. */
export interface TelemetryRecord {
  at: number;
  name: string;
  attributes: Json;
  resource: Json;
}

/** What is kept of each event; all of it numbers, ids and names, no words. */
const KEPT: Record<string, string[]> = {
  user_prompt: ["prompt.id", "message.uuid", "command_name"],
  api_request: [
    ...["model", "request_id", "agent_id", "cost_usd", "duration_ms", "input_tokens", "output_tokens"],
    ...["cache_read_tokens", "cache_creation_tokens", "cache_creation_1h_tokens"],
  ],
  api_error: ["agent_id"],
  assistant_response: ["request_id", "message.uuid", "agent_id"],
  tool_decision: ["tool_use_id", "tool_name", "request_id", "agent_id", "decision", "source"],
  tool_result: ["tool_use_id", "tool_name", "request_id", "agent_id", "success", "duration_ms"],
  subagent_completed: ["agent_id", "agent_type", "parent_agent_id"],
};

/** Old clients write these as texts, in which anything might stand. */
const NUMBERS = /_usd$|_ms$|_tokens$/;

/** Events that tell nothing which is not told elsewhere. */
const SILENT = new Set([
  ...["hook_registered", "hook_execution_start", "hook_execution_complete", "plugin_loaded"],
  ...["managed_settings_resolved", "mcp_server_connection", "skill_activated", "compaction"],
  ...["api_request_body", "api_response_body", "api_retries_exhausted", "retention_sweep"],
]);

/** What an event says that facts are made of. */
export interface TelemetryNote {
  event: string;
  session: string;
  client?: string | undefined;
  said: Json;
}

/** An event without its words; nothing when it is not one of Claude Code's, or tells nothing. */
export function noteOfRecord({ name, attributes, resource }: TelemetryRecord): TelemetryNote | undefined {
  const session = id(attributes["session.id"]);
  const event = name.replace(/^claude_code\./, "");
  if (session === undefined || SILENT.has(event)) return undefined;
  const kept = (KEPT[event] ?? []).filter(key => attributes[key] !== undefined);
  const said = Object.fromEntries(
    kept.map(key => [key, NUMBERS.test(key) ? Number(attributes[key]) : short(attributes[key])]),
  );
  if ("command_name" in said) said.command_name = true; // the user's own commands have names of their choice
  return { event: event.slice(0, 80), session, client: id(resource["service.version"]), said };
}

function short(value: unknown): unknown {
  return typeof value === "string" ? value.slice(0, 200) : typeof value === "object" ? undefined : value;
}

export function isTelemetryNote(body: unknown): body is TelemetryNote {
  return (
    isObject(body) &&
    typeof body.event === "string" &&
    typeof body.session === "string" &&
    isObject(body.said)
  );
}

/** The facts in a note, or undefined when this version does not know the event. */
export function factsOfTelemetry(note: TelemetryNote, at: number): Fact[] | undefined {
  const { event, session, said, client } = note;
  const make = EVENTS[event];
  if (!make) return undefined;
  const agent = id(said.agent_id);
  const mood = agent === undefined ? MOODS[event] : undefined;
  return [
    { kind: "session", session, at, mood, client: mood && client },
    ...make({ session, at, agent }, said),
  ];
}

const MOODS: Record<string, Mood> = {
  user_prompt: "working",
  tool_decision: "working",
  tool_result: "working",
  api_error: "failed",
};

type StepFact = Extract<Fact, { kind: "step" }>;

interface About {
  session: string;
  at: number;
  agent: string | undefined;
}

const EVENTS: Record<string, (about: About, said: Json) => Fact[]> = {
  user_prompt: prompt,
  api_request: request,
  api_error: () => [],
  assistant_response: response,
  tool_decision: decision,
  tool_result: result,
  subagent_completed: subagent,
};

/** One that has the id of its line is a person's; older clients have none, and send the client's own commands too. */
function prompt({ session, at }: About, said: Json): Fact[] {
  const [turn, uuid] = [id(said["prompt.id"]), id(said["message.uuid"])];
  if (uuid === undefined && said.command_name !== undefined) return [];
  return [
    { kind: "prompt", session, at, turn, rank: -1, id: uuid ?? guessed(turn ?? `told:${session}:${at}`) },
  ];
}

function request({ session, at, agent }: About, said: Json): Fact[] {
  const write = amount(said.cache_creation_tokens);
  const hour = Math.min(amount(said.cache_creation_1h_tokens), write);
  const usage: Usage = {
    rank: usageRank.telemetry,
    lineRank: -1,
    input: amount(said.input_tokens),
    output: amount(said.output_tokens),
    cacheRead: amount(said.cache_read_tokens),
    cacheWrite5m: write - hour,
    cacheWrite1h: hour,
    webSearches: 0,
    cost: nano(said.cost_usd),
  };
  const model = id(said.model)?.replace(/\[1m\]$/, "");
  const duration = amount(said.duration_ms);
  const name = id(said.request_id) ?? guessed(`${session}:${at}:${usage.cost}`);
  return [{ kind: "request", session, id: name, at, agent, model, usage, duration }];
}

function response({ session, at, agent }: About, said: Json): Fact[] {
  const uuid = id(said["message.uuid"]);
  const request = id(said.request_id);
  return uuid === undefined
    ? []
    : [
        {
          kind: "step",
          type: "response",
          session,
          id: uuid,
          at,
          agent,
          request,
          from: "telemetry",
          status: "ok",
        },
      ];
}

/** What was not allowed has no result. */
function decision(about: About, said: Json): Fact[] {
  const call = id(said.tool_use_id);
  if (call === undefined) return [];
  const decidedAt = byUser(said.source) ? about.at : undefined;
  return [
    { ...stepOf(about, said, call, about.at), decidedAt },
    ...(said.decision === "reject" ? endOf(about, call, DENIED) : []),
  ];
}

const DENIED: Failure = { status: "denied", type: "permission", code: "denied" };

function result(about: About, said: Json): Fact[] {
  const { session, at } = about;
  const duration = amount(said.duration_ms);
  const call = id(said.tool_use_id) ?? guessed(`${session}:${at}:${text(said.tool_name)}`);
  const step = stepOf(about, said, call, at - duration);
  if (String(said.success) !== "true")
    return [step, ...endOf(about, call, toolFailure({}, "", text(said.tool_name)), duration)];
  return [step, { kind: "result", session, step: call, at, from: "telemetry", status: "ok", duration }];
}

function stepOf({ session, agent }: About, said: Json, call: string, at: number): StepFact {
  const request = id(said.request_id);
  // Under this name the client hides which tool of which server it was.
  const name = said.tool_name === "mcp_tool" ? undefined : id(said.tool_name);
  return { kind: "step", type: "tool", session, id: call, name, request, agent, at };
}

function endOf({ session, at, agent }: About, step: string, failure: Failure, duration?: number): Fact[] {
  const { status, type, code } = failure;
  return [
    { kind: "result", session, step, at, from: "telemetry", status, duration },
    { kind: "failure", session, step, at, from: "telemetry", type, code, agent },
  ];
}

function subagent({ session, at, agent }: About, said: Json): Fact[] {
  if (agent === undefined) return [];
  const [type, parent] = [id(said.agent_type), id(said.parent_agent_id)];
  return [{ kind: "agent", session, id: agent, at, type, parent }];
}

function nano(dollars: unknown): number | undefined {
  return dollars === undefined || dollars === null ? undefined : amount(Number(dollars) * 1e9);
}
