import { mayBring } from "./commits.ts";
import { isEditor } from "./edits.ts";
import { type Usage, usageRank } from "./facts.ts";
import { modelFailure } from "./failures.ts";
import { amount, id, isObject, type Json, object, text } from "./json.ts";
import { rememberCall } from "./memory.ts";
import { blocksOf, textIn } from "./prompts.ts";
import { saidSize } from "./size.ts";
import { keep, type Turn } from "./turn.ts";

/** The model that the client names for what it wrote itself. */
const SYNTHETIC = "<synthetic>";

/** A response of the model, or a part of it: the client writes a line for each block. */
export function assistantLine(turn: Turn): void {
  const { line, spot, at, session, agent, memory } = turn;
  const message = object(line.message);
  if (turn.copied && session === line.sessionId) {
    copy(turn);
    return;
  }
  if (message.model === SYNTHETIC) {
    syntheticLine(turn);
    return;
  }
  answer(turn);
  // Telemetry knows a response by the service's id; only those of some gateways have none.
  const request = id(line.requestId) ?? id(message.id);
  const prompt = agent === undefined ? memory.prompt : undefined;
  if (request !== undefined) {
    const usage = isObject(message.usage) ? usageOf(turn, message.usage, text(message.model)) : undefined;
    const model = id(message.model);
    const skill = id(line.attributionSkill);
    turn.tell({ kind: "request", session, id: request, at, spot, agent, prompt, model, skill, usage });
    if (session !== line.sessionId) turn.tell({ kind: "copy", session: String(line.sessionId), request });
  }
  const blocks = blocksOf(line);
  for (const [i, block] of blocks.entries())
    step(turn, block, partOf(line, i, blocks.length), prompt, request);
}

/** Of a copied answer only that it is one, so that its cost is not looked for here. */
function copy({ line, session, memory, tell }: Turn): void {
  delete memory.unanswered;
  const request = id(line.requestId);
  if (request !== undefined) tell({ kind: "copy", session, request });
}

function step(
  turn: Turn,
  block: Json,
  part: string | undefined,
  prompt: string | undefined,
  request: string | undefined,
): void {
  const { session, at, spot, agent } = turn;
  const call = id(block.id);
  const size = saidSize(block);
  if (typeof block.type === "string" && block.type.endsWith("tool_use")) {
    const name = id(block.name);
    if (call === undefined || name === undefined) return;
    turn.tell({
      kind: "step",
      type: "tool",
      session,
      id: call,
      name,
      at,
      spot,
      agent,
      prompt,
      request,
      size,
    });
    remember(turn, call, name, object(block.input));
    keep(turn, "input", call, 2, () => JSON.stringify(block.input));
    return;
  }
  const type = block.type === "text" ? "response" : isThinking(block) ? "thinking" : undefined;
  if (type === undefined) turn.wonder(`blocks of type ${block.type}`);
  if (type === undefined || part === undefined) return;
  const status = turn.line.isAbortedMidStream === true ? "interrupted" : "ok";
  const thought = type === "thinking" && turn.line.thinkingDurationMs;
  const duration = thought ? amount(thought) : undefined;
  turn.tell({
    kind: "step",
    type,
    session,
    id: part,
    at,
    spot,
    agent,
    prompt,
    request,
    status,
    duration,
    size,
  });
  keep(turn, type, part, 3, () => text(block.text) ?? text(block.thinking));
}

function isThinking(block: Json): boolean {
  return block.type === "thinking" || block.type === "redacted_thinking";
}

/** A block's id: that of its line, which has one block only in all clients so far. */
export function partOf(line: Json, index: number, blocks: number): string | undefined {
  const uuid = id(line.uuid);
  return uuid !== undefined && blocks > 1 ? `${uuid}:${index}` : uuid;
}

const NOTHING = { commit: undefined, pull: undefined };

function remember(turn: Turn, call: string, name: string, input: Json): void {
  const { at, spot, session, agent } = turn;
  const { commit, pull } = name === "Bash" ? mayBring(text(input.command) ?? "") : NOTHING;
  const asked =
    name === "Task" && typeof input.prompt === "string" ? turn.context.hash(input.prompt) : undefined;
  const file = agent === undefined ? undefined : fileOf(turn, name, input);
  rememberCall(turn.memory, call, { name, at, spot, session, agent, commit, pull, asked, file });
}

/** The file that a sub-agent reads whole, or edits: what it was shown is what its edits start from. */
function fileOf({ context }: Turn, name: string, input: Json): string | undefined {
  const path = text(input.file_path);
  const part = input.offset !== undefined || input.limit !== undefined;
  return path !== undefined && !part && (name === "Read" || isEditor(name)) ? context.hash(path) : undefined;
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
    rank: usageRank.line(output),
    input: amount(usage.input_tokens),
    output,
    cacheRead: amount(usage.cache_read_input_tokens),
    cacheWrite5m: write - hour,
    cacheWrite1h: hour,
    webSearches: amount(object(usage.server_tool_use).web_search_requests),
    geo: usage.inference_geo === "us" ? "us" : undefined,
    cost: undefined as number | undefined,
  };
  tokens.cost = model === undefined ? undefined : turn.context.prices.cost(model, tokens, turn.at);
  return tokens;
}

/** What the client wrote in the model's place: that the service failed, or nothing of interest. */
function syntheticLine(turn: Turn): void {
  const { line, spot, at, session, agent, memory } = turn;
  const uuid = id(line.uuid);
  if (line.isApiErrorMessage !== true || uuid === undefined) return;
  answer(turn);
  const prompt = agent === undefined ? memory.prompt : undefined;
  const { status, type, code } = modelFailure(line.apiErrorStatus, textIn(blocksOf(line)));
  turn.tell({ kind: "step", type: "error", session, id: uuid, at, spot, agent, prompt, status });
  turn.tell({ kind: "failure", session, step: uuid, at, from: "transcript", type, code, agent });
}
