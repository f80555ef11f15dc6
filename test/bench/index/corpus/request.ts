import type { Chance } from "../../store/made-up/chance.ts";
import { apiId, hex, uuid } from "./ids.ts";
import type { Model, Tokens } from "./ledger.ts";
import type { Thread } from "./thread.ts";
import { VERSION } from "./thread.ts";

/** How long what was written to the cache stays there. */
export type CacheTime = "5m" | "1h";

/** A request to the model, and the answer's fields that each of its lines repeats. */
export interface Request {
  id: string;
  requestId: string;
  /** The request's own line has it too. */
  ref: string;
  model: Model;
  cache: CacheTime;
  stop: "tool_use" | "end_turn";
  tokens: Tokens;
  thinking: number;
}

const MINUTES: Record<CacheTime, number> = { "5m": 5, "1h": 60 };

/** What the model has to read again with each request, and how much of it is in the cache. */
export class Context {
  #tokens: number;
  #cached = 0;
  #cachedAt = 0;

  constructor(tokens: number) {
    this.#tokens = tokens;
  }

  get tokens(): number {
    return this.#tokens;
  }

  grow(tokens: number): void {
    this.#tokens += tokens;
  }

  /** What is left after a summary. */
  shrink(to: number): void {
    this.#tokens = to;
    this.#cached = Math.min(this.#cached, to / 2);
  }

  /** The tokens of a request that is made now. */
  read(at: number, cache: CacheTime, input: number, output: number): Tokens {
    if (at - this.#cachedAt > MINUTES[cache] * 60_000) this.#cached = 0;
    const cacheRead = Math.floor(this.#cached);
    const written = this.#tokens - cacheRead;
    [this.#cached, this.#cachedAt] = [this.#tokens, at];
    this.#tokens += output;
    const [cacheWrite5m, cacheWrite1h] = cache === "5m" ? [written, 0] : [0, written];
    return { input, output, cacheRead, cacheWrite5m, cacheWrite1h };
  }
}

export function newIds(chance: Chance): Pick<Request, "id" | "requestId" | "ref"> {
  return { id: apiId(chance, "msg"), requestId: apiId(chance, "req"), ref: uuid(chance) };
}

export function usageOf({ tokens, thinking }: Pick<Request, "tokens" | "thinking">): string {
  const { input, output, cacheRead, cacheWrite5m, cacheWrite1h } = tokens;
  const written = `"cache_creation_input_tokens":${cacheWrite5m + cacheWrite1h}`;
  const split = `"ephemeral_1h_input_tokens":${cacheWrite1h},"ephemeral_5m_input_tokens":${cacheWrite5m}`;
  return `{"input_tokens":${input},${written},"cache_read_input_tokens":${cacheRead},"output_tokens":${output},"output_tokens_details":{"thinking_tokens":${thinking}},"server_tool_use":{"web_search_requests":0,"web_fetch_requests":0},"service_tier":"standard","cache_creation":{${split}},"inference_geo":"not_available","iterations":[],"speed":"standard","fallback_credit":null}`;
}

const BETAS = [
  ...["claude-code-20250219", "interleaved-thinking-2025-05-14", "context-management-2025-06-27"],
  ...["per-turn-control-2026-07-01", "mid-conversation-tool-changes-2026-07-01"],
  ...["thinking-token-count-2026-05-13", "advanced-tool-use-2025-11-20", "effort-2025-11-24"],
];

/** What the client keeps of a request: which messages it sent, by their hashes. */
export function writeRequest(thread: Thread, { ref, model }: Request, shape: string, keep: number): void {
  const { chance, place } = thread;
  const source = place.agent ? "agent:builtin:general-purpose" : "sdk";
  const params = `{"model":"${model}","betas":${JSON.stringify(BETAS)},"max_tokens":128000,"thinking":{"type":"adaptive","display":"omitted"},"context_management":{"edits":[{"type":"clear_thinking_20251015","keep":"all"}]},"output_config":{"effort":"medium"}}`;
  const base = keep > 0 ? `"base":"${uuid(chance)}",` : "";
  const ephemeral = (path: string) => `{"path":[${path}],"value":{"type":"ephemeral"}}`;
  const marks = ['"system",0', '"system",1', `"messages",${keep + 1},"content",0`].map(ephemeral).join();
  thread.loose("api-request", [
    `${thread.here}"id":"${ref}","timestamp":"${thread.time}","version":"${VERSION}","querySource":"${source}","shapeHash":"${shape}",`,
    `"params":${params},${base}"keep":${keep},"tail":["${hex(chance, 64)}","${hex(chance, 64)}"],`,
    `"cacheControl":[${marks}],"requestDigest":"${hex(chance, 64)}"`,
  ]);
}
