import type { Block } from "./blocks.ts";
import type { Ids } from "./ids.ts";
import { usageOf } from "./meter.ts";
import { type ModelName, models, type Tokens } from "./prices.ts";
import type { Line } from "./scope.ts";

/** What all lines of one response have in common. */
export type Response = { id: string; request: string; ref: string; stop: string | null; usage: Line };

/** Names a response. */
export function respond(ids: Ids, stop: string | null, tokens: Tokens): Response {
  const usage = stop ? usageOf(tokens) : announced(tokens);
  return { id: ids.message(), request: ids.request(), ref: ids.uuid(), stop, usage };
}

// of a response which was stopped the client knows only what its start announced
function announced(tokens: Tokens): Line {
  return {
    input_tokens: tokens.input,
    cache_creation_input_tokens: tokens.write,
    cache_read_input_tokens: tokens.read,
    cache_creation: { ephemeral_5m_input_tokens: tokens.write, ephemeral_1h_input_tokens: 0 },
    output_tokens: tokens.output,
    service_tier: "standard",
    inference_geo: "not_available",
  };
}

/** The `message` of one line: a response with one of its blocks. */
export function messageOf(response: Response, model: ModelName, content: Line): Line {
  return {
    id: response.id,
    type: "message",
    role: "assistant",
    model: models[model].id,
    content: [content],
    stop_reason: response.stop,
    stop_sequence: null,
    usage: response.usage,
    ...(response.stop ? { stop_details: null } : {}),
  };
}

/** A block as the API sends it; `input` and `id` belong to a tool call. */
export function contentOf(block: Block, ids: Ids, input: Line, id: string): Line {
  if (block.kind === "text") return { type: "text", text: block.text };
  if (block.kind === "tool") return { type: "tool_use", id, name: block.name, input };
  return { type: "thinking", thinking: block.text, signature: ids.signature() };
}

/** How long a block took to stream, as the client notes it. */
export function timingOf(block: Block, ms: number): Line {
  if (block.kind === "thinking") return { thinkingDurationMs: ms, thinkingDisplay: "updates" };
  return block.kind === "tool" ? { toolInputStreamMs: ms } : {};
}

/** The content block which answers a tool call. */
export function resultOf(id: string, content: unknown, failed: boolean, saysError: boolean): Line {
  if (failed) return { type: "tool_result", content, is_error: true, tool_use_id: id };
  return { tool_use_id: id, type: "tool_result", content, ...(saysError ? { is_error: false } : {}) };
}
