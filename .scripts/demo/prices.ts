/** A model as the demo names it. */
export type ModelName = "opus 5.5" | "sonnet 5.5" | "haiku 5.5" | "haiku 4.5";

/** Prices are nano-dollars per token: $4 per million tokens is 4000. */
type Price = { input: number; output: number; write: number; read: number };

type Model = { id: string; alias: string; speed: number; price: Price; above100k?: Price };

/** What the demo needs to know about a model; `speed` is output tokens per second. */
export const models: Record<ModelName, Model> = {
  "opus 5.5": {
    id: "claude-opus-5-5",
    alias: "opus",
    speed: 78,
    price: { input: 4000, output: 20000, write: 5000, read: 200 },
  },
  "sonnet 5.5": {
    id: "claude-sonnet-5-5",
    alias: "sonnet",
    speed: 96,
    price: { input: 2000, output: 10000, write: 2500, read: 100 },
  },
  "haiku 5.5": {
    id: "claude-haiku-5-5",
    alias: "haiku",
    speed: 170,
    price: { input: 100, output: 500, write: 125, read: 10 },
    above100k: { input: 500, output: 2500, write: 625, read: 50 },
  },
  "haiku 4.5": {
    id: "claude-haiku-4-5-20251001",
    alias: "haiku",
    speed: 150,
    price: { input: 1000, output: 5000, write: 1250, read: 100 },
  },
};

/** What one request used; all cache writes of the demo live five minutes. */
export type Tokens = { input: number; output: number; thinking: number; write: number; read: number };

/** Nano-dollars of one request. */
export function cost(model: ModelName, tokens: Tokens): number {
  const { price, above100k } = models[model];
  const { input, output, write, read } =
    above100k && tokens.input + tokens.read + tokens.write > 100_000 ? above100k : price;
  return tokens.input * input + tokens.output * output + tokens.write * write + tokens.read * read;
}
