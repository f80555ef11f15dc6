import { type Fact, sourceRanks } from "./facts.ts";

/** An event as it waits in the inbox: what came, from where, and when it arrived. */
interface Event {
  kind: "hook";
  at: number;
  body: unknown;
}

/** What of a hook's fields is understood; the rest is left alone. */
interface Hook {
  session_id: string;
  hook_event_name: string;
  tool_use_id?: string;
  tool_name?: string;
  agent_id?: string;
  agent_type?: string;
  duration_ms?: number;
  is_interrupt?: boolean;
  reason?: string;
}

const KEPT = {
  session_id: "string",
  hook_event_name: "string",
  tool_use_id: "string",
  tool_name: "string",
  agent_id: "string",
  agent_type: "string",
  duration_ms: "number",
  is_interrupt: "boolean",
  reason: "string",
} as const satisfies Record<keyof Hook, string>;

/** The event of a hook, without the prompts, paths and commands that it came with: only what facts are made of. */
export function eventOfHook(hook: unknown, at: number): Event {
  const fields = typeof hook === "object" && hook !== null ? Object.entries(hook) : [];
  const kept = fields.filter(([name, value]) => typeof value === KEPT[name as keyof Hook]);
  return { kind: "hook", at, body: Object.fromEntries(kept) };
}

/** The facts in one line of the inbox; throws when it is not understood. */
export function factsOfEvent(line: string): Fact[] {
  const { kind, at, body } = JSON.parse(line) as Partial<Event>;
  if (kind !== "hook") throw new Error(`Events of kind ${kind} are not known.`);
  if (typeof at !== "number" || !isHook(body)) throw new Error("The event has no time, session or name.");
  return [
    { kind: "session", session: body.session_id, at, ...ending(body) },
    ...agentOf(body),
    ...stepOf(body, at),
  ];
}

function isHook(body: unknown): body is Hook {
  if (typeof body !== "object" || body === null) return false;
  const { session_id, hook_event_name } = body as Partial<Hook>;
  return typeof session_id === "string" && typeof hook_event_name === "string";
}

function ending({ hook_event_name, reason }: Hook): { endReason?: string } {
  return hook_event_name === "SessionEnd" && reason !== undefined ? { endReason: reason } : {};
}

function agentOf({ session_id: session, agent_id: id, agent_type: type }: Hook): Fact[] {
  return id === undefined ? [] : [{ kind: "agent", session, id, ...(type && { type }) }];
}

/** A tool call under the id that its transcript has too, so that both meet in one row. */
function stepOf(hook: Hook, at: number): Fact[] {
  const { session_id: session, tool_use_id: id, hook_event_name: name } = hook;
  if (typeof id !== "string") return [];
  const doer = typeof hook.agent_id === "string" ? { agent: hook.agent_id } : {};
  const step: Fact = {
    kind: "step",
    type: "tool",
    session,
    id,
    ...(name === "PreToolUse" && { at }),
    ...(typeof hook.tool_name === "string" && { name: hook.tool_name }),
    ...doer,
  };
  const failed = name === "PostToolUseFailure";
  if (name !== "PostToolUse" && !failed) return [step];
  const status = !failed ? "ok" : hook.is_interrupt === true ? "interrupted" : "failed";
  const duration = typeof hook.duration_ms === "number" ? { duration: Math.round(hook.duration_ms) } : {};
  const result: Fact = { kind: "result", session, step: id, at, rank: sourceRanks.hook, status, ...duration };
  return failed ? [step, result, { kind: "failure", session, step: id, at, ...doer }] : [step, result];
}
