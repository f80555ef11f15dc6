import { oneLine } from "../base/format.ts";
import { toolFailure } from "../clean/failures.ts";
import { amount, id, type Json, object, text } from "../clean/json.ts";
import type { ImportedLine } from "../imports.ts";

/** An event of a trace, with what all have in common. */
interface Event {
  id: string;
  at: number;
  /** The event that it answers. */
  parent: string | undefined;
  duration: number | undefined;
  data: Json;
}

/** What is said of a step in its event. */
type Told = Pick<ImportedLine, "name" | "status" | "input" | "text">;

/** Whether a line is an event of agent-strace: that has its type, and its time in seconds. */
export function isStrace(line: Json): boolean {
  return typeof line.event_type === "string" && atOf(line) !== undefined;
}

function atOf({ timestamp }: Json): number | undefined {
  const at = typeof timestamp === "number" ? Math.round(timestamp * 1000) : 0;
  return at > 0 && at < 8.64e15 ? at : undefined;
}

/**
 * A trace of agent-strace, which has an event in each line, as lines of an export; `session` is the id for events
 * that name none. Events of kinds that are not known are left out: nothing else refers to them.
 */
export function linesOfStrace(events: Json[], session: string): ImportedLine[] {
  const traces = new Map<string, Trace>();
  for (const event of events) {
    const of = id(event.session_id) ?? session;
    const trace = traces.get(of) ?? new Trace(of);
    traces.set(of, trace);
    trace.take(event);
  }
  return [...traces.values()].flatMap(trace => trace.lines());
}

/** The events of one session, in their order. */
class Trace {
  readonly #session: string;
  readonly #prompts: ImportedLine[] = [];
  readonly #requests: ImportedLine[] = [];
  readonly #steps = new Map<string, ImportedLine>();
  /** Calls without a result, and the id under which the agent made each. */
  readonly #open = new Map<ImportedLine, string | undefined>();
  #asked: Event | undefined;
  #count = 0;
  #ended = false;
  #from = Number.POSITIVE_INFINITY;
  #to = 0;

  constructor(session: string) {
    this.#session = session;
  }

  take(said: Json): void {
    const at = atOf(said);
    const type = text(said.event_type) ?? "";
    if (at === undefined || !Object.hasOwn(TELLERS, type)) return;
    // An id by which it is the same when it is read again, whatever else has such an id.
    const own = `${this.#session}:${id(said.event_id) ?? `${type}:${this.#count}`}`;
    this.#count++;
    this.#from = Math.min(this.#from, at);
    this.#to = Math.max(this.#to, at);
    const duration = typeof said.duration_ms === "number" ? amount(said.duration_ms) : undefined;
    const event = { id: own, at, parent: id(said.parent_id), duration, data: object(said.data) };
    TELLERS[type]?.(this, event);
  }

  lines(): ImportedLine[] {
    if (this.#to === 0) return [];
    const [first] = this.#prompts;
    const title = oneLine(first?.text ?? "", 200);
    const session: ImportedLine = {
      ...{ type: "session", session: this.#session, id: this.#session, at: this.#from, endedAt: this.#to },
      ...{ status: this.#ended ? "done" : "interrupted", ...(title && { title }) },
    };
    return [...this.#prompts, ...this.#requests, ...this.#steps.values(), session];
  }

  prompt({ id, at, data }: Event): void {
    const number = this.#prompts.length + 1;
    this.#prompts.push({
      ...{ type: "prompt", session: this.#session, id, at, number, text: text(data.prompt) ?? "" },
    });
  }

  call({ id: step, at, data }: Event): void {
    const input = JSON.stringify(object(data.arguments));
    const call = this.#step("tool", step, at, { name: named(data.tool_name) ?? "unknown", input });
    this.#open.set(call, id(data.request_id));
  }

  /** What is over as soon as it is told of. */
  done(kind: string, { id, at }: Event, more: Told): void {
    this.#step(kind, id, at, { status: "ok", ...more });
  }

  result(event: Event): void {
    const call = this.#callOf(event);
    if (call) end(call, event, "ok", text(event.data.result) || text(event.data.content_preview));
  }

  failed(event: Event): void {
    const { id, at, data } = event;
    const said = text(data.message) || text(data.error) || "";
    const call = this.#callOf(event);
    const { status, type, code } = toolFailure({}, said, call?.name);
    if (call) end(call, event, status, said);
    const step = call ?? this.#step("error", id, at, { status, ...(said && { text: said }) });
    step.failure = { type, code };
  }

  asked(event: Event): void {
    this.#asked = event;
  }

  answered({ id, at, data, duration }: Event): void {
    const asked = this.#asked;
    this.#asked = undefined;
    const model = named(data.model) ?? named(asked?.data.model);
    const used = object(data.usage);
    const first = (...names: string[]) => amount(names.map(name => data[name] ?? used[name]).find(Number));
    const none = { cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
    const input = first("input_tokens", "prompt_tokens");
    const output = first("output_tokens", "completion_tokens");
    const took = duration ?? (asked && at - asked.at);
    this.#requests.push({
      ...{ type: "request", session: this.#session, id: asked?.id ?? id, at: asked?.at ?? at },
      ...this.#prompted(),
      // Without tokens nobody knows what it cost, which is not nothing.
      ...(input + output > 0 && { tokens: { input, output, ...none } }),
      ...{ ...(model !== undefined && { model }), ...(took !== undefined && { durationMs: took }) },
    });
  }

  ended(): void {
    this.#ended = true;
  }

  #prompted(): { promptId?: string } {
    const prompt = this.#prompts.at(-1);
    return prompt ? { promptId: prompt.id } : {};
  }

  /** The call that something is the result of: as it says itself, or the last one of its tool that has none yet. */
  #callOf({ parent, data }: Event): ImportedLine | undefined {
    const asked = id(data.tool_use_id);
    const open = [...this.#open].reverse();
    const known = this.#steps.get(`${this.#session}:${parent}`);
    const [call] =
      (known && this.#open.has(known) ? [known] : undefined) ??
      open.find(([, id]) => asked !== undefined && id === asked) ??
      open.find(([{ name }]) => parent === undefined && asked === undefined && name === data.tool_name) ??
      [];
    if (call) this.#open.delete(call);
    return call;
  }

  #step(kind: string, id: string, at: number, more: Told): ImportedLine {
    const number = this.#steps.size + 1;
    const step: ImportedLine = {
      ...{ type: "step", session: this.#session, id, at, number, kind },
      ...{ ...this.#prompted(), ...more },
    };
    this.#steps.set(id, step);
    return step;
  }
}

function end(call: ImportedLine, { at, duration }: Event, status: string, said: string | undefined): void {
  call.status = status;
  call.durationMs = duration ?? Math.max(0, at - call.at);
  if (said) call.result = said;
}

/** What each type of event tells. */
const TELLERS: Record<string, (trace: Trace, event: Event) => void> = {
  session_start: () => {},
  session_end: trace => trace.ended(),
  user_prompt: (trace, event) => trace.prompt(event),
  assistant_response: (trace, event) => trace.done("response", event, { text: text(event.data.text) ?? "" }),
  decision: (trace, event) => trace.done("thinking", event, { text: decided(event.data) }),
  tool_call: (trace, event) => trace.call(event),
  tool_result: (trace, event) => trace.result(event),
  file_read: (trace, event) =>
    trace.done("tool", event, { name: "file_read", input: JSON.stringify(event.data) }),
  file_write: (trace, event) =>
    trace.done("tool", event, { name: "file_write", input: JSON.stringify(event.data) }),
  llm_request: (trace, event) => trace.asked(event),
  llm_response: (trace, event) => trace.answered(event),
  error: (trace, event) => trace.failed(event),
};

/** A name as it may be taken in. */
function named(value: unknown): string | undefined {
  return text(value)?.slice(0, 200) || undefined;
}

function decided({ choice, reason }: Json): string {
  return [text(choice), text(reason)].filter(Boolean).join(": ");
}
