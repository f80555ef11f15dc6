import { Ledger, type Model, type Spent } from "./ledger.ts";

/** What a corpus holds. What a fork copied from another session counts only in `lines` and `bytes`. */
export interface Truth {
  seed: number;
  /** When it is now in the corpus: nothing in it is later. */
  now: number;
  sessions: number;
  forks: number;
  /** How many sessions did something in the last 24 hours. */
  recentSessions: number;
  subagents: number;
  humanPrompts: number;
  toolCalls: number;
  /** Unique message ids of answers that a model gave. */
  requests: number;
  /** Files that were changed or written, those of sub-agents too. */
  edits: number;
  linesAdded: number;
  linesRemoved: number;
  compactions: number;
  /** Of the `.jsonl` files. */
  lines: number;
  bytes: number;
  /** Costs are nano-dollars, at the prices of Claude Code. */
  models: Partial<Record<Model, Spent>>;
  cost: number;
}

type Count = Exclude<keyof Truth, "models" | "cost" | "requests" | "seed" | "now">;

/** Counts while a corpus is written. */
export class Tally {
  readonly ledger = new Ledger();
  readonly #counts: Record<Count, number> = {
    ...{ sessions: 0, forks: 0, recentSessions: 0, subagents: 0, humanPrompts: 0, toolCalls: 0 },
    ...{ edits: 0, linesAdded: 0, linesRemoved: 0, compactions: 0, lines: 0, bytes: 0 },
  };

  count(what: Count, by = 1): void {
    this.#counts[what] += by;
  }

  get bytes(): number {
    return this.#counts.bytes;
  }

  truth(seed: number, now: number): Truth {
    const { models, cost } = this.ledger;
    const requests = Object.values(models).reduce((sum, spent) => sum + spent.requests, 0);
    return { seed, now, ...this.#counts, requests, models, cost };
  }
}
