import type { Ids } from "./ids.ts";
import { cost, type ModelName, models, type Tokens } from "./prices.ts";

const CACHE_LIFE = 5 * 60_000;

/** Tokens of a text, near enough for code and English. */
export function tokensOf(text: string): number {
  return Math.ceil(text.length / 3.2);
}

/** The context window of one conversation and the part of it which the prompt cache holds. */
export class Meter {
  #context: number;
  #cached: number;
  #shared: number;
  #lastRequest = Number.NEGATIVE_INFINITY;
  #ids: Ids;

  /** `shared` is the start of the prefix which other sessions keep warm. */
  constructor(prefix: number, shared: number, ids: Ids) {
    this.#context = prefix;
    this.#cached = shared;
    this.#shared = shared;
    this.#ids = ids;
  }

  get context(): number {
    return this.#context;
  }

  /** Something new stands in the conversation. */
  add(tokens: number): void {
    this.#context += tokens;
  }

  /** The conversation is replaced by its summary. */
  shrink(context: number): void {
    this.#context = context;
    this.#cached = this.#shared;
  }

  /** Sends the conversation: what was sent before is read from the cache, unless it was left alone too long. */
  request(now: number, output: number, thinking: number): Tokens {
    if (now - this.#lastRequest > CACHE_LIFE) this.#cached = this.#shared;
    const input = this.#ids.between(3, 12);
    const read = this.#cached;
    const write = this.#context - read - input;
    this.#cached = this.#context - input;
    this.#lastRequest = now;
    this.#context += output;
    return { input, output, thinking, write, read };
  }
}

type Total = Tokens & { nano: number };

/** What a session spent, by model and in the order of first use. */
export class Ledger {
  #totals = new Map<ModelName, Total>();

  spend(model: ModelName, tokens: Tokens): void {
    const total = this.#totals.get(model) ?? { input: 0, output: 0, thinking: 0, write: 0, read: 0, nano: 0 };
    total.input += tokens.input;
    total.output += tokens.output;
    total.thinking += tokens.thinking;
    total.write += tokens.write;
    total.read += tokens.read;
    total.nano += cost(model, tokens);
    this.#totals.set(model, total);
  }

  get costUsd(): number {
    return [...this.#totals.values()].reduce((sum, total) => sum + total.nano, 0) / 1e9;
  }

  /** The `modelUsage` of a cost-state line. */
  get modelUsage(): Record<string, unknown> {
    const usage = (total: Total) => ({
      inputTokens: total.input,
      outputTokens: total.output,
      thinkingTokens: total.thinking,
      cacheReadInputTokens: total.read,
      cacheCreationInputTokens: total.write,
      cacheCreationEphemeral5mInputTokens: total.write,
      cacheCreationEphemeral1hInputTokens: 0,
      webSearchRequests: 0,
      costUSD: total.nano / 1e9,
    });
    return Object.fromEntries([...this.#totals].map(([model, total]) => [models[model].id, usage(total)]));
  }
}

/** The `usage` of a complete response. */
export function usageOf(tokens: Tokens): Record<string, unknown> {
  return {
    input_tokens: tokens.input,
    cache_creation_input_tokens: tokens.write,
    cache_read_input_tokens: tokens.read,
    output_tokens: tokens.output,
    output_tokens_details: { thinking_tokens: tokens.thinking },
    server_tool_use: { web_search_requests: 0, web_fetch_requests: 0 },
    service_tier: "standard",
    cache_creation: { ephemeral_1h_input_tokens: 0, ephemeral_5m_input_tokens: tokens.write },
    inference_geo: "not_available",
    iterations: [],
    speed: "standard",
    fallback_credit: null,
  };
}
