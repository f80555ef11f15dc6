import type { ModelRequest, Subagent } from "../protocol.ts";
import { type Attributes, attributes, ERROR, idOf, KIND, nanoseconds, type Span } from "./span.ts";
import { endOf, Times } from "./times.ts";
import type { Trace, TracePrompt, TraceStep } from "./trace.ts";
import { troubles } from "./troubles.ts";

/** All spans of a session: it is a trace, and prompts, agents, requests and tool calls are spans in it. */
export function spansOf(trace: Trace): Span[] {
  return new Spans(trace).all();
}

/** By the names of OpenTelemetry's semantic conventions for generative AI, and our own where they have none. */
class Spans {
  readonly #trace: Trace;
  readonly #times: Times;
  readonly #traceId: string;
  /** The prompt below which a request was made. */
  readonly #promptOf = new Map<string, TracePrompt>();

  constructor(trace: Trace) {
    this.#trace = trace;
    this.#times = new Times(trace);
    this.#traceId = idOf(16, "session", trace.id);
    for (const prompt of trace.prompts)
      for (const { requestId } of prompt.steps) if (requestId !== null) this.#promptOf.set(requestId, prompt);
  }

  all(): Span[] {
    const { prompts, requests, subagents } = this.#trace;
    const steps = prompts.flatMap(prompt => prompt.steps.map(step => ({ step, prompt })));
    const said = new Map<string, string[]>();
    for (const { step } of steps)
      if (step.kind === "response" && step.text && step.requestId)
        said.set(step.requestId, [...(said.get(step.requestId) ?? []), step.text]);
    return [
      this.#session(),
      ...prompts.map(prompt => this.#prompt(prompt)),
      ...subagents.map(agent => this.#agent(agent)),
      ...requests.map(request => this.#request(request, said.get(request.id) ?? [])),
      ...steps.flatMap(({ step, prompt }) => (step.kind === "tool" ? [this.#tool(step, prompt)] : [])),
    ];
  }

  #session(): Span {
    const { id, startedAt, project, title, status, costUsd } = this.#trace;
    return {
      ...this.#span("session", id, undefined, "invoke_agent Claude Code", startedAt, this.#times.end, {
        "gen_ai.operation.name": "invoke_agent",
        "gen_ai.agent.name": "Claude Code",
        "agent_trace.title": title,
        "agent_trace.project": project,
        "agent_trace.status": status,
        "agent_trace.cost_usd": costUsd,
      }),
      status: status === "failed" ? { code: ERROR } : {},
    };
  }

  #prompt(prompt: TracePrompt): Span {
    const { id, text, startedAt, steps, costUsd } = prompt;
    const { events, status } = troubles(steps.filter(({ kind }) => kind !== "tool"));
    const span = this.#span("prompt", id, this.#root(), "prompt", startedAt, this.#times.ofPrompt(prompt), {
      "agent_trace.prompt.id": id,
      "agent_trace.cost_usd": costUsd,
      "gen_ai.input.messages": text && messages("user", [text]),
    });
    return { ...span, events, status };
  }

  #agent({ id, type, parentStepId, costUsd }: Subagent): Span {
    const call = this.#times.call(parentStepId);
    const parent = call ? this.#id("tool", call.id) : this.#root();
    const [start, end] = this.#times.ofAgent(id, call);
    return this.#span("agent", id, parent, `invoke_agent ${type ?? ""}`.trim(), start, end, {
      "gen_ai.operation.name": "invoke_agent",
      "gen_ai.agent.id": id,
      "gen_ai.agent.name": type,
      "agent_trace.cost_usd": costUsd,
    });
  }

  #request(request: ModelRequest, said: string[]): Span {
    const { id, model, agentId, tokens, costUsd } = request;
    const [start, end] = this.#times.ofRequest(request);
    const parent = this.#agentSpan(agentId) ?? this.#promptAt(request);
    const name = `chat ${model ?? ""}`.trim();
    return {
      ...this.#span("request", id, parent, name, start, end, {
        "gen_ai.operation.name": "chat",
        "gen_ai.request.model": model,
        "gen_ai.response.model": model,
        "gen_ai.response.id": id,
        // With what came from the cache and went into it, as the conventions for Anthropic have it.
        "gen_ai.usage.input_tokens":
          tokens.input + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h,
        "gen_ai.usage.output_tokens": tokens.output,
        "gen_ai.usage.cache_read.input_tokens": tokens.cacheRead,
        "gen_ai.usage.cache_creation.input_tokens": tokens.cacheWrite5m + tokens.cacheWrite1h,
        "gen_ai.output.messages": said.length > 0 ? messages("assistant", said) : undefined,
        "agent_trace.cost_usd": costUsd,
      }),
      kind: KIND.client,
    };
  }

  #tool(step: TraceStep, prompt: TracePrompt): Span {
    const { id, name, target, agentId, startedAt, input, result, added, removed, costUsd, failure } = step;
    const parent = this.#agentSpan(agentId) ?? this.#id("prompt", prompt.id);
    const { events, status } = troubles([step]);
    const span = this.#span("tool", id, parent, `execute_tool ${name ?? ""}`.trim(), startedAt, endOf(step), {
      "gen_ai.operation.name": "execute_tool",
      "gen_ai.tool.name": name,
      "gen_ai.tool.call.id": id,
      "gen_ai.tool.type": "function",
      "gen_ai.tool.call.arguments": input === undefined ? undefined : JSON.stringify(input),
      "gen_ai.tool.call.result": result,
      "error.type": status.code === ERROR ? (failure?.code ?? step.status) : undefined,
      "agent_trace.target": target,
      "agent_trace.lines.added": added || undefined,
      "agent_trace.lines.removed": removed || undefined,
      "agent_trace.cost_usd": costUsd,
    });
    return { ...span, events, status };
  }

  #span(
    kind: string,
    id: string,
    parent: string | undefined,
    name: string,
    start: number,
    end: number,
    more: Attributes,
  ): Span {
    return {
      ...{ traceId: this.#traceId, spanId: this.#id(kind, id) },
      ...(parent !== undefined && { parentSpanId: parent }),
      ...{ name, kind: KIND.internal },
      startTimeUnixNano: nanoseconds(start),
      endTimeUnixNano: nanoseconds(Math.max(start, end)),
      attributes: attributes({
        "gen_ai.conversation.id": this.#trace.id,
        "gen_ai.provider.name": "anthropic",
        ...more,
      }),
      ...{ events: [], status: {} },
    };
  }

  #id(kind: string, id: string): string {
    return idOf(8, this.#trace.id, kind, id);
  }

  #root(): string {
    return this.#id("session", this.#trace.id);
  }

  /** Those that nobody called have no span of their own: the client starts some to warm up. */
  #agentSpan(agent: string | null): string | undefined {
    return this.#trace.subagents.some(({ id }) => id === agent) ? this.#id("agent", agent ?? "") : undefined;
  }

  #promptAt({ id, at }: ModelRequest): string {
    const prompt = this.#promptOf.get(id) ?? this.#trace.prompts.findLast(({ startedAt }) => startedAt <= at);
    return prompt ? this.#id("prompt", prompt.id) : this.#root();
  }
}

function messages(role: string, texts: string[]): string {
  return JSON.stringify([{ role, parts: texts.map(content => ({ type: "text", content })) }]);
}
