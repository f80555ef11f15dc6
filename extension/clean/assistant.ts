import { mayBring } from "./commits.ts";
import { type Usage, usageRank } from "./facts.ts";
import { modelFailure } from "./failures.ts";
import { amount, id, isObject, type Json, object, text } from "./json.ts";
import { rememberCall } from "./memory.ts";
import { blocksOf } from "./prompts.ts";
import { keep, type Turn } from "./turn.ts";

/** The model that the client names for what it wrote itself. */
const SYNTHETIC = "<synthetic>";

/** A response of the model, or a part of it: the client writes a line for each block. */
export function assistantLine(turn: Turn): void {
  const { line, spot, at, session, agent, memory } = turn;
  const message = object(line.message);
  if (message.model === SYNTHETIC) return syntheticLine(turn);
  answer(turn);
  const request = id(message.id);
  const prompt = agent === undefined ? memory.prompt : undefined;
  const doer = { ...(agent !== undefined && { agent }), ...(prompt !== undefined && { prompt }) };
  if (request !== undefined) {
    const usage = isObject(message.usage) ? usageOf(turn, message.usage, text(message.model)) : undefined;
    const [model, serviceId] = [id(message.model), id(line.requestId)];
    turn.tell({
      ...{ kind: "request", session, id: request, at, spot, ...doer },
      ...(serviceId !== undefined && { serviceId }),
      ...(model !== undefined && { model }),
      ...(usage && { usage }),
    });
    if (session !== line.sessionId) turn.tell({ kind: "copy", session: String(line.sessionId), request });
  }
  const blocks = blocksOf(line);
  const made = { session, at, spot, ...doer, ...(request !== undefined && { request }) };
  for (const [i, block] of blocks.entries()) step(turn, block, partOf(line, i, blocks.length), made);
}

type Made = { session: string; at: number; spot: Turn["spot"]; agent?: string; prompt?: string; request?: string };

function step(turn: Turn, block: Json, part: string | undefined, made: Made): void {
  const call = id(block.id);
  if (typeof block.type === "string" && block.type.endsWith("tool_use")) {
    const name = id(block.name);
    if (call === undefined || name === undefined) return;
    turn.tell({ kind: "step", type: "tool", id: call, name, ...made });
    remember(turn, call, name, object(block.input), made);
    keep(turn, "input", call, 2, () => JSON.stringify(block.input));
    return;
  }
  const type = block.type === "text" ? "response" : isThinking(block) ? "thinking" : undefined;
  if (type === undefined) return turn.wonder(`blocks of type ${block.type}`);
  if (part === undefined) return;
  turn.tell({ kind: "step", type, id: part, ...made });
  const status = turn.line.isAbortedMidStream === true ? "interrupted" : "ok";
  turn.tell({ kind: "result", session: made.session, step: part, at: made.at, rank: 3, status, ...lasting(turn, type) });
  keep(turn, type, part, 3, () => text(block.text) ?? text(block.thinking));
}

function isThinking(block: Json): boolean {
  return block.type === "thinking" || block.type === "redacted_thinking";
}

function lasting({ line }: Turn, type: string): { duration?: number } {
  return type === "thinking" && line.thinkingDurationMs ? { duration: amount(line.thinkingDurationMs) } : {};
}

/** A block's id: that of its line, which has one block only in all clients so far. */
export function partOf(line: Json, index: number, blocks: number): string | undefined {
  const uuid = id(line.uuid);
  return uuid !== undefined && blocks > 1 ? `${uuid}:${index}` : uuid;
}

function remember(turn: Turn, call: string, name: string, input: Json, made: Made): void {
  const { at, spot, session, agent } = made;
  const bring = name === "Bash" ? mayBring(text(input.command) ?? "") : { commit: false, pull: false };
  const asked = name === "Task" && typeof input.prompt === "string" ? turn.context.hash(input.prompt) : undefined;
  rememberCall(turn.memory, call, {
    ...{ name, at, spot, session },
    ...(agent !== undefined && { agent }),
    ...(bring.commit && { commit: true }),
    ...(bring.pull && { pull: true }),
    ...(asked !== undefined && { asked }),
  });
}

/** The first answer to a prompt tells which session it was asked in: a fork's file begins with another's prompts. */
function answer({ memory, session, agent, tell }: Turn): void {
  if (agent !== undefined || !memory.unanswered) return;
  tell({ kind: "prompt", session, rank: 1, ...memory.unanswered });
  delete memory.unanswered;
}

function usageOf(turn: Turn, usage: Json, model: string | undefined): Usage {
  const write = amount(usage.cache_creation_input_tokens);
  const hour = Math.min(amount(object(usage.cache_creation).ephemeral_1h_input_tokens), write);
  const output = amount(usage.output_tokens);
  const tokens = {
    input: amount(usage.input_tokens),
    output,
    cacheRead: amount(usage.cache_read_input_tokens),
    cacheWrite5m: write - hour,
    cacheWrite1h: hour,
    webSearches: amount(object(usage.server_tool_use).web_search_requests),
    ...(usage.inference_geo === "us" && { geo: "us" }),
  };
  const cost = model === undefined ? undefined : turn.context.prices.cost(model, tokens, turn.at);
  return { rank: usageRank.line(output), ...tokens, ...(cost !== undefined && { cost }) };
}

/** What the client wrote in the model's place: that the service failed, or nothing of interest. */
function syntheticLine(turn: Turn): void {
  const { line, spot, at, session, agent, memory } = turn;
  const uuid = id(line.uuid);
  if (line.isApiErrorMessage !== true || uuid === undefined) return;
  answer(turn);
  const doer = agent === undefined ? {} : { agent };
  const prompt = agent === undefined && memory.prompt !== undefined ? { prompt: memory.prompt } : {};
  const { status, type, code } = modelFailure(line.apiErrorStatus);
  turn.tell({ kind: "step", type: "error", session, id: uuid, at, spot, ...doer, ...prompt });
  turn.tell({ kind: "result", session, step: uuid, at, rank: 3, status });
  turn.tell({ kind: "failure", session, step: uuid, at, type, code, ...doer });
}
