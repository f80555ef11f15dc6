import type { Engine } from "../db/engine.ts";
import type { Subagent } from "../protocol.ts";
import type { Requests } from "./requests.ts";
import { dollars } from "./spent.ts";

interface AgentRow {
  id: string;
  step: string | null;
  type: string | null;
}

interface Doing {
  id: string;
  kind?: string;
  agent: string | null;
  prompt: string | null;
}

/** The sub-agents of a session: which call started them, and what they cost with all that they started in turn. */
export class Agents {
  readonly #agents: Map<string, AgentRow>;
  readonly #steps: Map<string, Doing>;
  readonly #own = new Map<string, number>();
  readonly #calls = new Map<string, number>();
  readonly #startedBy = new Map<string, AgentRow[]>();

  constructor(db: Engine, key: number, steps: Doing[], requests: Requests) {
    const rows = db.all<AgentRow>("select id, step, type from agent where session = ? order by id", [key]);
    this.#agents = new Map(rows.map(row => [row.id, row]));
    this.#steps = new Map(steps.map(step => [step.id, step]));
    for (const { agent, cost } of requests.all) if (agent !== null) add(this.#own, agent, cost ?? 0);
    for (const { agent, kind } of steps) if (agent !== null && kind === "tool") add(this.#calls, agent, 1);
    for (const row of rows)
      if (row.step !== null) this.#startedBy.set(row.step, [...(this.#startedBy.get(row.step) ?? []), row]);
  }

  /** The prompt that something was done for: a sub-agent's is that of the call that started it. */
  promptOf(doing: Pick<Doing, "agent" | "prompt">, depth = 0): string | null {
    const agent = doing.agent === null ? undefined : this.#agents.get(doing.agent);
    if (!agent) return doing.prompt;
    const call = agent.step === null ? undefined : this.#steps.get(agent.step);
    return call && depth < DEEPEST ? this.promptOf(call, depth + 1) : null;
  }

  /** What the sub-agents cost that a call started. */
  costOfCall(step: string, depth = 0): number {
    const started = depth < DEEPEST ? (this.#startedBy.get(step) ?? []) : [];
    return started.reduce((sum, agent) => sum + this.#costOf(agent.id, depth + 1), 0);
  }

  /** Those that were called; the client also starts some to warm up. */
  list(): Subagent[] {
    return [...this.#agents.values()]
      .filter(agent => agent.step !== null)
      .map(({ id, type, step }) => ({
        ...{ id, type, parentStepId: step },
        toolCalls: this.#calls.get(id) ?? 0,
        costUsd: dollars(this.#costOf(id)),
      }));
  }

  #costOf(agent: string, depth = 0): number {
    let cost = this.#own.get(agent) ?? 0;
    for (const [step, started] of this.#startedBy)
      if (started.length > 0 && this.#steps.get(step)?.agent === agent) cost += this.costOfCall(step, depth);
    return cost;
  }
}

/** Deeper than agents start agents, in case a damaged file has them go in a circle. */
const DEEPEST = 20;

function add(sums: Map<string, number>, name: string, amount: number): void {
  sums.set(name, (sums.get(name) ?? 0) + amount);
}
