import type { Fact, Source, StepStatus } from "../../../extension/clean/facts.ts";
import { chance } from "../chance.ts";

const STATUSES: StepStatus[] = ["running", "ok", "failed", "denied", "interrupted"];
const SOURCES: Source[] = ["inferred", "telemetry", "hook", "transcript"];

/**
 * Facts of every kind about few things, so that most things are told of many times, by sources that know more or
 * less and that differ where sources may: in times, ranks, amounts, and in whose session it is.
 */
export function randomFacts(count: number, seed: number): Fact[] {
  const random = chance(seed);
  return Array.from({ length: count }, () => random.pick(KINDS)(random));
}

type Chance = ReturnType<typeof chance>;

/** Fields that a source may know or not. */
function maybe<T extends object>(random: Chance, fields: T): Partial<T> {
  const known = Object.entries(fields).filter(() => random.next() < 0.6);
  return Object.fromEntries(known) as Partial<T>;
}

const DAY = 86_400_000;

function told(random: Chance) {
  return {
    session: `s${random.below(4)}`,
    ...maybe(random, { at: 1_790_000_000_000 + random.below(9) * DAY }),
  };
}

/** What all sources say the same of a thing, so that it follows from the thing's id. */
function fixed(id: number) {
  const spot = { offset: id * 100, length: 10 + id };
  return { spot, agent: `agent${id % 3}`, prompt: `u${id % 4}`, request: `m${id % 5}` };
}

const KINDS: ((random: Chance) => Fact)[] = [
  random => ({
    ...{ kind: "session", ...told(random) },
    ...maybe(random, {
      ...{
        project: `/p${random.below(3)}`,
        projectRank: random.below(4),
        branch: random.pick(["main", "fix"]),
      },
      ...{
        endReason: random.pick(["clear", "logout"]),
        mood: random.pick(["working", "answered"] as const),
      },
      client: `2.1.${random.below(3)}`,
    }),
  }),
  random => ({ kind: "bill", session: told(random).session, rank: random.below(5), cost: random.below(9) }),
  random => {
    const offset = random.below(5);
    return { kind: "title", session: told(random).session, rank: offset, spot: { offset, length: 5 } };
  },
  random => {
    const id = random.below(4);
    const { spot } = fixed(id);
    return {
      kind: "prompt",
      ...told(random),
      id: `u${id}`,
      rank: random.below(2),
      ...maybe(random, { spot, turn: "p1" }),
    };
  },
  random => {
    const id = random.below(12);
    const type = (["tool", "tool", "response", "retry"] as const)[id % 4] ?? "tool";
    return {
      kind: "step",
      ...told(random),
      id: `t${id}`,
      type,
      ...maybe(random, {
        ...{ name: `Tool${id}`, ...fixed(id) },
        ...{ status: random.pick(STATUSES), duration: random.below(50) },
      }),
    };
  },
  random => {
    const id = random.below(12);
    const from = random.pick(SOURCES);
    const { spot } = fixed(id + 100);
    const status = random.pick(STATUSES);
    return {
      ...{ kind: "result", ...told(random), step: `t${id}`, from, status },
      ...maybe(random, { duration: random.below(50), spot }),
    };
  },
  random => {
    const id = random.below(12);
    const { agent } = fixed(id);
    return {
      kind: "failure",
      ...told(random),
      step: `t${id}`,
      from: random.pick(SOURCES),
      ...maybe(random, { agent, type: "tool" as const, code: "timeout" }),
    };
  },
  random => {
    const id = random.below(12);
    const file = { hash: `h${random.below(3)}` };
    const lines = { added: random.below(9), removed: random.below(9) };
    const change = random.pick(["created", "changed"] as const);
    const { agent } = fixed(id);
    const from = random.pick(SOURCES);
    return {
      kind: "edit",
      ...told(random),
      step: `t${id}`,
      from,
      file,
      change,
      ...lines,
      ...maybe(random, { agent }),
    };
  },
  random => {
    const id = random.below(3);
    const known = { step: `t${id}`, parent: `agent${id + 1}`, type: `Type${id}` };
    return { kind: "agent", ...told(random), id: `agent${id}`, ...maybe(random, known) };
  },
  random => {
    const id = random.below(5);
    const { spot, agent, prompt } = fixed(id);
    const usage = {
      ...{
        rank: random.below(4),
        input: random.below(9),
        output: random.below(9),
        cacheRead: random.below(9),
      },
      ...{ cacheWrite5m: random.below(9), cacheWrite1h: random.below(9), webSearches: random.below(2) },
      ...maybe(random, { geo: "us", cost: random.below(1000) }),
    };
    const known = { spot, agent, prompt, usage, model: `model${id % 2}` };
    return {
      kind: "request",
      ...told(random),
      id: `m${id}`,
      ...maybe(random, { ...known, duration: random.below(50) }),
    };
  },
  random => ({ kind: "copy", session: told(random).session, request: `m${random.below(5)}` }),
  random => {
    const id = random.below(3);
    return {
      kind: "commit",
      ...told(random),
      id: `c${id}`,
      ...maybe(random, { sha: `sha${id}`, step: `t${id}` }),
    };
  },
  random => {
    const id = random.below(3);
    return { kind: "pull", ...told(random), url: `https://x/${id}`, ...maybe(random, { step: `t${id}` }) };
  },
];
