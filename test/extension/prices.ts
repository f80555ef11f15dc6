/** A list of prices as its source holds it, with some models of ours in it. */
export function providersWith(...models: unknown[]): string {
  const many = Array.from({ length: 12 }, (_, i) => ({
    ...{ id: `model-${i}`, match: { equals: `model-${i}` } },
    prices: { input_mtok: i + 1, output_mtok: 10 },
  }));
  const others = ["openai", "google", "mistral", "cohere"].map(id => ({ id, models: [] }));
  return JSON.stringify([{ id: "anthropic", models: [...models, ...many] }, ...others]);
}
