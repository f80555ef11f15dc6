import { oneLine } from "../base/format.ts";
import { type Fact, type StepStatus, type Tier, usageRank } from "./facts.ts";
import { toolFailure } from "./failures.ts";
import { amount, id, type Json, object, parseObject, text } from "./json.ts";
import type { Context } from "./turn.ts";

/** What a trace came to. */
interface Read {
  facts: Fact[];
  /** Lines that are no events. */
  skipped: number;
  /** Kinds of events that this version does not know. */
  unknown: string[];
}

/** An event of a trace, with what all have in common. */
interface Event {
  id: string;
  at: number;
  /** The event that it answers. */
  parent: string | undefined;
  duration: number | undefined;
  data: Json;
}

interface Call {
  step: string;
  name: string;
  at: number;
  /** The id under which the agent made it. */
  asked: string | undefined;
}

/**
 * Reads a trace of agent-strace, which has an event in each line: its type, its time in seconds, and data by type.
 * `session` is the id for events that name none. Words are kept as the context's tier lets them, without secrets.
 */
export function readStrace(lines: string[], session: string, context: Context): Read {
  const unknown = new Set<string>();
  const traces = new Map<string, Trace>();
  let skipped = 0;
  for (const line of lines.filter(line => line.trim() !== "")) {
    const said = parseObject(line) ?? {};
    const type = text(said.event_type);
    const event = eventOf(said);
    if (type === undefined || !event) skipped++;
    else if (!Object.hasOwn(TELLERS, type)) unknown.add(type.slice(0, 80));
    else {
      const of = id(said.session_id) ?? session;
      const trace = traces.get(of) ?? new Trace(of, context);
      traces.set(of, trace);
      trace.take(type as keyof typeof TELLERS, event);
    }
  }
  return { facts: [...traces.values()].flatMap(({ facts }) => facts), skipped, unknown: [...unknown] };
}

function eventOf(said: Json): Event | undefined {
  const at = Math.round(Number(said.timestamp) * 1000);
  if (typeof said.timestamp !== "number" || !(at > 0 && at < 8.64e15)) return undefined;
  const duration = typeof said.duration_ms === "number" ? amount(said.duration_ms) : undefined;
  const data = object(said.data);
  return { id: id(said.event_id) ?? "", at, parent: id(said.parent_id), duration, data };
}

/** The events of one session, in their order. */
class Trace {
  readonly facts: Fact[] = [];
  readonly #session: string;
  readonly #context: Context;
  readonly #calls = new Map<string, Call>();
  #prompt: string | undefined;
  #asked: { id: string; at: number; model: string | undefined } | undefined;
  #count = 0;

  constructor(session: string, context: Context) {
    this.#session = session;
    this.#context = context;
  }

  take(type: keyof typeof TELLERS, event: Event): void {
    this.facts.push({ kind: "session", session: this.#session, at: event.at });
    // An id by which it is the same when it is read again, whatever else has such an id.
    const own = `${this.#session}:${event.id || `${type}:${this.#count}`}`;
    this.#count++;
    TELLERS[type](this, { ...event, id: own });
  }

  prompt({ id, at, data }: Event): void {
    const said = text(data.prompt) ?? "";
    this.facts.push({ kind: "prompt", session: this.#session, id, at, rank: 0 });
    // There is no transcript that a title could be read from.
    if (this.#prompt === undefined) this.#keep("title", this.#session, 2, oneLine(said, 200));
    this.#prompt = id;
    this.#keep("prompt", id, 2, said);
  }

  call({ id: step, at, data }: Event): void {
    const name = text(data.tool_name) ?? "unknown";
    this.#calls.set(step, { step, name, at, asked: id(data.request_id) });
    this.#step("tool", step, at, { name });
    this.#keep("input", step, 2, JSON.stringify(object(data.arguments)));
  }

  /** What an MCP server was asked for besides tools: over as soon as it is told of. */
  file(name: string, { id, at, data }: Event): void {
    this.#step("tool", id, at, { name, status: "ok" });
    this.#keep("input", id, 2, JSON.stringify(data));
  }

  said(type: "response" | "thinking", { id, at }: Event, words: string): void {
    this.#step(type, id, at, { status: "ok" });
    this.#keep(type, id, 3, words);
  }

  result(event: Event): void {
    const call = this.#callOf(event);
    if (call) this.#end(call, event, "ok", text(event.data.result) || text(event.data.content_preview));
  }

  failed(event: Event): void {
    const { id, at, data } = event;
    const said = text(data.message) || text(data.error) || "";
    const call = this.#callOf(event);
    const { status, type, code } = toolFailure({}, said, call?.name);
    if (call) this.#end(call, event, status, said);
    else {
      this.#step("error", id, at, { status });
      this.#keep("error", id, 3, said);
    }
    const step = call?.step ?? id;
    this.facts.push({ kind: "failure", session: this.#session, step, at, from: "transcript", type, code });
  }

  asked({ id, at, data }: Event): void {
    this.#asked = { id, at, model: text(data.model) };
  }

  answered({ id, at, data, duration }: Event): void {
    const asked = this.#asked;
    this.#asked = undefined;
    const model = text(data.model) ?? asked?.model;
    const used = object(data.usage);
    const none = { cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, webSearches: 0 };
    const input = amount(data.input_tokens ?? data.prompt_tokens ?? used.input_tokens ?? used.prompt_tokens);
    const output = amount(
      data.output_tokens ?? data.completion_tokens ?? used.output_tokens ?? used.completion_tokens,
    );
    const tokens = { input, output, ...none };
    const cost = model === undefined ? undefined : this.#context.prices.cost(model, tokens, at);
    // Without tokens nobody knows what it cost, which is not nothing.
    const usage = input + output > 0 ? { rank: usageRank.line(output), ...tokens, cost } : undefined;
    const took = duration ?? (asked && at - asked.at);
    const prompt = this.#prompt;
    this.facts.push({
      ...{ kind: "request", session: this.#session, id: asked?.id ?? id, at: asked?.at ?? at },
      ...{ model, prompt, usage, duration: took },
    });
  }

  ended({ at }: Event): void {
    this.facts.push({
      ...{ kind: "session", session: this.#session, at },
      ...{ mood: "answered", endReason: "other" },
    });
  }

  /** The call that something is the result of: as it says itself, or the last one of its tool that has none yet. */
  #callOf({ parent, data }: Event): Call | undefined {
    const calls = [...this.#calls.values()].reverse();
    const asked = id(data.tool_use_id);
    const call =
      this.#calls.get(`${this.#session}:${parent}`) ??
      calls.find(call => asked !== undefined && call.asked === asked) ??
      calls.find(({ name }) => parent === undefined && asked === undefined && name === data.tool_name);
    if (call) this.#calls.delete(call.step);
    return call;
  }

  #end(call: Call, { at, duration }: Event, status: StepStatus, said: string | undefined): void {
    this.facts.push({
      ...{ kind: "result", session: this.#session, step: call.step, at, from: "transcript" },
      ...{ status, duration: duration ?? Math.max(0, at - call.at) },
    });
    this.#keep("result", call.step, 3, said);
  }

  #step(
    type: "tool" | "response" | "thinking" | "error",
    id: string,
    at: number,
    more: { name?: string; status?: StepStatus },
  ): void {
    const prompt = this.#prompt;
    this.facts.push({ kind: "step", session: this.#session, type, id, at, prompt, ...more });
  }

  #keep(of: string, owner: string, tier: Tier, words: string | undefined): void {
    if (!words || tier > this.#context.tier) return;
    const clean = this.#context.redactor.redact(words);
    this.facts.push({ kind: "content", session: this.#session, of, owner, tier, text: clean });
  }
}

/** What each type of event tells. */
const TELLERS = {
  session_start: () => {},
  session_end: (trace, event) => trace.ended(event),
  user_prompt: (trace, event) => trace.prompt(event),
  assistant_response: (trace, event) => trace.said("response", event, text(event.data.text) ?? ""),
  decision: (trace, event) => trace.said("thinking", event, decided(event.data)),
  tool_call: (trace, event) => trace.call(event),
  tool_result: (trace, event) => trace.result(event),
  file_read: (trace, event) => trace.file("file_read", event),
  file_write: (trace, event) => trace.file("file_write", event),
  llm_request: (trace, event) => trace.asked(event),
  llm_response: (trace, event) => trace.answered(event),
  error: (trace, event) => trace.failed(event),
} satisfies Record<string, (trace: Trace, event: Event) => void>;

function decided({ choice, reason }: Json): string {
  return [text(choice), text(reason)].filter(Boolean).join(": ");
}
