import type { ModelInfo } from "@pydantic/genai-prices";

/**
 * What Claude Code bills for models that the price package lacks or gets wrong. A row has the package's shape
 * (dollars per million tokens, by prompt size or day where that matters) and goes as soon as the package has
 * the same: a test says so.
 */
export const OWN_PRICES: Record<string, ModelInfo["prices"]> = {
  "claude-fable-5-2": {
    input_mtok: 8,
    output_mtok: 40,
    cache_read_mtok: 0.2,
    cache_write_mtok: 10,
    cache_write_1h_mtok: 16,
  },
  "claude-haiku-5-5": {
    input_mtok: { base: 0.1, tiers: [{ start: 100_000, price: 0.5 }] },
    output_mtok: { base: 0.5, tiers: [{ start: 100_000, price: 2.5 }] },
    cache_read_mtok: { base: 0.01, tiers: [{ start: 100_000, price: 0.05 }] },
    cache_write_mtok: { base: 0.125, tiers: [{ start: 100_000, price: 0.625 }] },
    cache_write_1h_mtok: { base: 0.2, tiers: [{ start: 100_000, price: 1 }] },
  },
  // The package doubles it above 200,000 prompt tokens, as clients before 2.1 did; 2.1 bills all prompts alike.
  "claude-sonnet-4-5": {
    input_mtok: 3,
    output_mtok: 15,
    cache_read_mtok: 0.3,
    cache_write_mtok: 3.75,
    cache_write_1h_mtok: 6,
  },
  "claude-sonnet-5-5": {
    input_mtok: 2,
    output_mtok: 10,
    cache_read_mtok: 0.1,
    cache_write_mtok: 2.5,
    cache_write_1h_mtok: 4,
  },
};
