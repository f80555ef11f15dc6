import { createHash } from "node:crypto";
import { type Fact, titleRank } from "../../../../extension/clean/facts.ts";
import type { Chance } from "./chance.ts";
import { textOf } from "./words.ts";

/** What is decided about a session before its story is made up. */
export interface Plan {
  project: string;
  at: number;
  steps: number;
}

const TOOLS = ["Read", "Read", "Bash", "Bash", "Edit", "Grep", "Glob", "Task", "WebFetch"] as const;
const MODELS = ["claude-opus-5-5", "claude-sonnet-5-5", "claude-sonnet-5-5", "claude-haiku-5-5"] as const;
const AGENTS = ["Explore", "Plan", "general-purpose"] as const;
const CLIENTS = ["2.1.40", "2.1.52", "2.2.7"] as const;
const FILES_OF_PROJECT = 400;

/** Facts about a session as a transcript, hooks and telemetry would tell them, with its words. */
export class MadeUpSession {
  readonly id: string;
  readonly client: string;
  readonly facts: Fact[] = [];
  readonly #chance: Chance;
  readonly #plan: Plan;
  #at: number;
  #prompt = "";
  #offset = 0;

  constructor(chance: Chance, plan: Plan) {
    this.#chance = chance;
    this.#plan = plan;
    this.#at = plan.at;
    this.id = chance.uuid();
    this.client = chance.pick(CLIENTS);
    this.#begin();
    let left = plan.steps;
    while (left > 0) {
      const turn = Math.min(left, chance.skewed(3, 30));
      this.#turn(turn);
      left -= turn;
    }
    const { id, client } = this;
    this.facts.push({
      kind: "session",
      session: id,
      at: this.#at,
      mood: "answered",
      client,
      endReason: "other",
    });
  }

  #begin(): void {
    const { project, at } = this.#plan;
    const spot = this.#spot(120);
    this.facts.push(
      { kind: "session", session: this.id, at, project, branch: "main" },
      { kind: "title", session: this.id, rank: titleRank.ai(spot), spot },
    );
  }

  /** A prompt and the steps that it leads to. */
  #turn(steps: number): void {
    this.#prompt = this.#chance.uuid();
    this.facts.push({ kind: "prompt", id: this.#prompt, rank: 1, ...this.#told(), spot: this.#spot(600) });
    this.#keep("prompt", this.#prompt, 2, this.#chance.skewed(40, 1500));
    const doer = this.#chance.happens(0.15) ? { agent: this.#agent() } : {};
    let request = this.#request(doer);
    for (let i = 0; i < steps; i++) {
      if (this.#chance.happens(0.7)) request = this.#request(doer);
      this.#step(request, doer);
    }
  }

  #agent(): string {
    const id = `a${this.#chance.letters(16)}`;
    const step = `toolu_01${this.#chance.letters(22)}`;
    this.facts.push({ kind: "agent", session: this.id, id, step, type: this.#chance.pick(AGENTS) });
    return id;
  }

  #request(doer: { agent?: string }): string {
    const chance = this.#chance;
    const id = `msg_01${chance.letters(22)}`;
    const usage = {
      rank: 3,
      input: chance.skewed(1, 2000),
      output: chance.skewed(50, 4000),
      cacheRead: chance.skewed(5000, 150_000),
      cacheWrite5m: chance.skewed(100, 20_000),
      cacheWrite1h: 0,
      webSearches: 0,
      cost: chance.skewed(1e6, 5e8),
    };
    const more = { prompt: this.#prompt, model: chance.pick(MODELS), duration: chance.skewed(800, 30_000) };
    this.facts.push({ kind: "request", id, ...this.#told(), ...doer, usage, ...more });
    return id;
  }

  #step(request: string, doer: { agent?: string }): void {
    const chance = this.#chance;
    const id = `toolu_01${chance.letters(22)}`;
    const name = chance.pick(TOOLS);
    const failed = chance.happens(0.05);
    const from = "transcript";
    const prompt = this.#prompt;
    this.facts.push(
      {
        kind: "step",
        type: "tool",
        id,
        name,
        prompt,
        request,
        ...this.#told(),
        ...doer,
        spot: this.#spot(900),
      },
      {
        ...{ kind: "result", step: id, from: "hook", status: failed ? "failed" : "ok" },
        ...{ ...this.#told(), duration: chance.skewed(5, 20_000), spot: this.#spot(4000) },
      },
    );
    if (failed) this.facts.push({ kind: "failure", from, step: id, type: "tool", ...this.#told(), ...doer });
    if (name === "Edit") {
      const lines = { added: chance.skewed(1, 200), removed: chance.skewed(1, 100) };
      const edit = { kind: "edit", step: id, from, file: this.#file(), change: "changed" } as const;
      this.facts.push({ ...edit, ...lines, ...this.#told(), ...doer });
    }
    if (name === "Bash" && chance.happens(0.05))
      this.facts.push({ kind: "commit", id: chance.letters(7), step: id, ...this.#told() });
    if (chance.happens(0.2)) this.#keep("result", id, 3, chance.skewed(200, 12_000));
  }

  #file() {
    const path = `${this.#plan.project}/src/${this.#chance.skewed(1, FILES_OF_PROJECT)}.ts`;
    return { hash: createHash("sha256").update(path).digest("base64url").slice(0, 22), path };
  }

  #keep(of: string, owner: string, tier: 2 | 3, length: number): void {
    this.facts.push({
      kind: "content",
      session: this.id,
      of,
      owner,
      tier,
      text: textOf(this.#chance, length),
    });
  }

  /** All that happens takes a while. */
  #told() {
    this.#at += this.#chance.skewed(100, 60_000);
    return { session: this.id, at: this.#at };
  }

  #spot(length: number) {
    const offset = this.#offset;
    this.#offset += length;
    return { offset, length };
  }
}
