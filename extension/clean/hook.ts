import { type Edit, editsOfResult } from "./edits.ts";
import type { Fact, Mood } from "./facts.ts";
import { type Failure, toolFailure } from "./failures.ts";
import { amount, id, isObject, type Json, object, objects, text } from "./json.ts";
import { textIn } from "./prompts.ts";
import type { Context } from "./turn.ts";

/** What of a hook's fields is understood as it comes; they hold no words. */
const KEPT = {
  session_id: "string",
  hook_event_name: "string",
  prompt_id: "string",
  tool_use_id: "string",
  tool_name: "string",
  agent_id: "string",
  agent_type: "string",
  duration_ms: "number",
  is_interrupt: "boolean",
  reason: "string",
} as const;

type Kept = {
  [Name in keyof typeof KEPT]?: { string: string; number: number; boolean: boolean }[(typeof KEPT)[Name]];
};

/** What was found in its words, which are not kept. */
interface Found {
  project?: string | undefined;
  /** The process that ran the hook: Claude Code. */
  process?: number;
  /** It tells of a prompt that a person wrote. */
  human?: true;
  edits?: (Omit<Edit, "path"> & { hash: string; path?: string | undefined })[];
  failure?: Failure;
  /** The sub-agent that a call started. */
  started?: string;
  /** The call goes on in the background. */
  runs?: true;
  /** Calls that were refused before they began, of which nothing else tells. */
  refused?: { call: string; tool: string; failure: Failure }[];
}

/** A hook without the prompts, paths and commands that it came with: only what facts are made of. */
export interface HookNote extends Kept {
  found?: Found;
}

/** What a note is made with. */
export type NoteTerms = Pick<Context, "hash" | "tier" | "redactor">;

export function noteOfHook(hook: unknown, terms: NoteTerms): HookNote {
  const said = object(hook);
  const kept = Object.entries(KEPT).filter(([name, type]) => typeof said[name] === type);
  const note: HookNote = Object.fromEntries(
    kept.map(([name]) => [name, typeof said[name] === "string" ? said[name].slice(0, 200) : said[name]]),
  );
  const found = findIn(said, terms);
  return Object.values(found).some(value => value !== undefined) ? { ...note, found } : note;
}

function findIn(said: Json, terms: NoteTerms): Found {
  const found: Found = { project: text(said.cwd) };
  const tool = text(said.tool_name) ?? "";
  switch (said.hook_event_name) {
    case "UserPromptSubmit":
      // What the client says of background tasks comes as a prompt too.
      if (!/^\s*</.test(text(said.prompt) ?? "<")) found.human = true;
      break;
    case "PostToolUse":
      Object.assign(found, outcome(object(said.tool_response), terms));
      break;
    case "PostToolUseFailure":
      found.failure = toolFailure({}, text(said.error) ?? "", tool);
      break;
    case "PostToolBatch":
      found.refused = refusedIn(objects(said.tool_calls));
      break;
  }
  return found;
}

function outcome(response: Json, { hash, tier, redactor }: NoteTerms): Found {
  const edits = editsOfResult(response, new Uint8Array()).map(({ path, ...edit }) => ({
    ...edit,
    hash: hash(path),
    ...(tier > 1 && { path: redactor.redact(path) }),
  }));
  const started = id(response.agentId);
  const runs = response.status === "async_launched" || response.backgroundTaskId !== undefined;
  return { ...(edits.length > 0 && { edits }), ...(started && { started }), ...(runs && { runs: true }) };
}

// What the model is told in place of a result.
const REFUSED =
  /^<tool_use_error>|^Claude requested permissions|^Permission to use .* denied|requires approval$/;

function refusedIn(calls: Json[]): Found["refused"] & object {
  return calls.flatMap(({ tool_use_id, tool_name, tool_response }) => {
    const [call, tool] = [id(tool_use_id), id(tool_name)];
    const told = text(tool_response) ?? textIn(objects(tool_response));
    if (!call || !tool || !REFUSED.test(told)) return [];
    return [{ call, tool, failure: toolFailure({}, told, tool) }];
  });
}

// Lower than that of any transcript, whose folder comes with its place.
const HOOK_RANK = -(2 ** 51);

/** The facts in a note; throws when it has no session or name. */
export function factsOfHook(note: HookNote, at: number): Fact[] {
  const { session_id: session, hook_event_name: name, agent_id: agent, agent_type, found = {} } = note;
  if (typeof session !== "string" || typeof name !== "string")
    throw new Error("The event has no session or name.");
  const { project, process } = found;
  const mood = moodOf(name, agent);
  const facts: Fact[] = [
    {
      ...{ kind: "session", session, at, mood, process },
      ...(mood === "asking" && { asked: note.tool_name }),
      ...(project !== undefined && agent === undefined && { project, projectRank: HOOK_RANK - at }),
      ...(name === "SessionEnd" && { endReason: note.reason ?? "other" }),
    },
  ];
  if (agent !== undefined) facts.push({ kind: "agent", session, id: agent, type: agent_type || undefined });
  if (name === "UserPromptSubmit" && found.human) {
    const turn = note.prompt_id;
    facts.push({ kind: "prompt", session, id: guessed(turn ?? `hook:${session}:${at}`), at, rank: -1, turn });
  }
  for (const { call, tool, failure } of found.refused ?? [])
    facts.push(...stepOf({ ...note, tool_use_id: call, tool_name: tool }), ...endOf(note, call, at, failure));
  return [...facts, ...callOf(note, at)];
}

/** How ids begin that are not Claude Code's but ours; they sort behind all of its own. */
export const GUESSED = "~";

/** An id for what is told of without one, until a better source tells of the same. */
export function guessed(what: string): string {
  return `${GUESSED}${what}`;
}

const MOODS: Record<string, Mood> = {
  UserPromptSubmit: "working",
  PreToolUse: "working",
  PostToolUse: "working",
  PostToolUseFailure: "working",
  PreCompact: "working",
  PermissionRequest: "asking",
  Stop: "answered",
  StopFailure: "failed",
};

/** A sub-agent's doings say nothing of its session, but what it asks the user for does. */
function moodOf(name: string, agent: string | undefined): Mood | undefined {
  return agent === undefined || name === "PermissionRequest" ? MOODS[name] : undefined;
}

/** A tool call under the id that its transcript has too, so that both meet in one row. */
function callOf(note: HookNote, at: number): Fact[] {
  const { session_id: session = "", tool_use_id: call, hook_event_name: name, agent_id: agent } = note;
  if (call === undefined) return [];
  const { failure, edits = [], started, runs } = note.found ?? {};
  if (name === "PreToolUse") return stepOf(note, at);
  if (name === "PostToolUseFailure") return [...stepOf(note), ...endOf(note, call, at, failure)];
  if (name !== "PostToolUse") return stepOf(note);
  const status = runs ? ("running" as const) : ("ok" as const);
  return [
    ...stepOf(note),
    { kind: "result", session, step: call, at, from: "hook", status, ...durationOf(note) },
    ...edits.map(({ hash, path, change, added, removed }): Fact => {
      const file = { hash, path };
      return { kind: "edit", session, step: call, at, from: "hook", file, change, added, removed, agent };
    }),
    ...(started ? [{ kind: "agent" as const, session, id: started, step: call, parent: agent }] : []),
  ];
}

function stepOf(
  { session_id: session = "", tool_use_id, tool_name, agent_id: agent }: HookNote,
  at?: number,
) {
  const step: Fact = {
    kind: "step",
    type: "tool",
    session,
    id: tool_use_id ?? "",
    name: tool_name,
    agent,
    at,
  };
  return [step];
}

function endOf(
  note: HookNote,
  step: string,
  at: number,
  failure = toolFailure({}, "", note.tool_name),
): Fact[] {
  const { session_id: session = "", agent_id: agent, hook_event_name: name } = note;
  // What was refused is only seen by what the model was told.
  const from = name === "PostToolBatch" ? "inferred" : "hook";
  const { status, type, code } = note.is_interrupt ? INTERRUPTED : failure;
  return [
    { kind: "result", session, step, at, from, status, ...durationOf(note) },
    { kind: "failure", session, step, at, from, type, code, agent },
  ];
}

const INTERRUPTED: Failure = { status: "interrupted", type: "user", code: "interrupted" };

function durationOf({ duration_ms }: HookNote): { duration?: number } {
  return Number.isFinite(duration_ms ?? Number.NaN) ? { duration: amount(duration_ms) } : {};
}

const SILENT = new Set([
  ...["SessionStart", "SessionEnd", "SubagentStart", "SubagentStop", "PostToolBatch", "PostCompact"],
  ...["Notification", "MessageDisplay", "InstructionsLoaded", "PreModelSwitch", "PostModelSwitch"],
  ...["TaskCreated", "TaskCompleted", "UserPromptExpansion", "PermissionDenied", "Setup", "TeammateIdle"],
  ...["Elicitation", "ElicitationResult", "ConfigChange", "CwdChanged", "FileChanged", "DirectoryAdded"],
]);

/** A hook that this version does not know. */
export function unknownHook({ hook_event_name: name = "" }: HookNote): { unknown?: string } {
  return name in MOODS || SILENT.has(name) ? {} : { unknown: `hooks of type ${name.slice(0, 80)}` };
}

/** A note that has no words at any tier. */
export function withoutPaths({ found, ...note }: HookNote): HookNote {
  const edits = found?.edits?.map(({ path: _, ...edit }) => edit);
  return { ...note, ...(found && { found: { ...found, ...(edits && { edits }) } }) };
}

/** Whether something in the journal is such a note. */
export function isHookNote(body: unknown): body is HookNote {
  return isObject(body) && Object.entries(KEPT).every(([name, type]) => fits(body[name], type));
}

function fits(value: unknown, type: string): boolean {
  return value === undefined || typeof value === type;
}
