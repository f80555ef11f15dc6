import type { Engine } from "../db/engine.ts";
import type { ModelRequest } from "../protocol.ts";
import { spentOf, type UsageSums } from "./spent.ts";

/** One response of the model, and what it took. */
export interface RequestRow extends UsageSums {
  id: string;
  prompt: string | null;
  agent: string | null;
  at: number | null;
  model: string | null;
  duration: number | null;
}

const REQUESTS = `select id, prompt, agent, at, model, duration, coalesce(cost, 0) as cost, input, output, cache_read, cache_write_5m,
  cache_write_1h from request where session = ?`;

/** The requests of a session, and how their costs fall to its steps. */
export class Requests {
  readonly all: RequestRow[];
  readonly #shares = new Map<string, number>();

  /** All of them, or `some`: those that made the steps, and those of sub-agents. */
  constructor(db: Engine, key: number, steps: { id: string; request: string | null }[], some?: "some") {
    const made = some ? steps.map(({ request }) => request) : [];
    const only = some ? ` and (agent is not null or id in (${made.map(() => "?").join(", ")}))` : "";
    this.all = db.all<RequestRow>(`${REQUESTS}${only} order by at, id`, [key, ...made]);
    const bySteps = new Map<string, string[]>();
    for (const { id, request } of steps)
      if (request !== null) bySteps.set(request, [...(bySteps.get(request) ?? []), id]);
    for (const { id, cost } of this.all) {
      const made = bySteps.get(id) ?? [];
      // In whole billionths, so that the shares add up to the request.
      const share = Math.floor((cost ?? 0) / Math.max(1, made.length));
      for (const [i, step] of made.entries())
        this.#shares.set(step, i === 0 ? (cost ?? 0) - share * (made.length - 1) : share);
    }
  }

  /** All of them as they are shown. */
  list(): ModelRequest[] {
    return this.all.map(row => ({
      ...{ id: row.id, at: row.at ?? 0, agentId: row.agent, model: row.model, durationMs: row.duration },
      ...spentOf(row),
    }));
  }

  /** What of its request's cost falls to a step. */
  shareOf(step: { id: string }): number {
    return this.#shares.get(step.id) ?? 0;
  }
}

export function noUsage(): Record<keyof UsageSums, number> {
  return { cost: 0, input: 0, output: 0, cache_read: 0, cache_write_5m: 0, cache_write_1h: 0 };
}

export function addUsage(to: Record<keyof UsageSums, number>, some: UsageSums): void {
  for (const name of Object.keys(to) as (keyof UsageSums)[]) to[name] += some[name] ?? 0;
}
