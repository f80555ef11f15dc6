import { count, duration, short } from "../../base/format.ts";
import type { FindingRule } from "../../bill.ts";
import type { Missed } from "../cells.ts";
import type { Case } from "./case.ts";
import { full } from "./full.ts";
import { huge } from "./huge.ts";
import { loop } from "./loop.ts";
import type { Pattern } from "./pattern.ts";
import { reread } from "./reread.ts";
import { trivialAgents } from "./trivial-agents.ts";

interface Rule {
  find(of: Case, misses: Missed[]): Pattern[];
  /** What was seen, after the subject if there is one. */
  says(sum: { times: number; tokens: number; sessions: number }): string;
  advice: string;
}

/** The cache was lost so often in one session that it is no accident. */
const OFTEN_LOST = 3;
const OFTEN_MADE_TO_WAIT = 5;

const inSessions = (n: number) => (n === 1 ? "in one session" : `in ${count(n, "session")}`);

/** What wastes money. */
export const RULES: Record<FindingRule, Rule> = {
  reread: {
    find: reread,
    says: ({ times, tokens, sessions }) =>
      `read ${count(times, "time")} ${inSessions(sessions)}, ${short(tokens)} tokens each time, unchanged.`,
    advice:
      "Ask for the part that matters, or name what it says in CLAUDE.md so that it need not be looked up.",
  },
  loop: {
    find: loop,
    says: ({ times, sessions }) =>
      `failed ${count(times, "time")} ${inSessions(sessions)} with nothing changed in between.`,
    advice: "Say in CLAUDE.md how it is run here, or stop Claude when a command fails twice in the same way.",
  },
  huge: {
    find: huge,
    says: ({ times, tokens }) =>
      times === 1
        ? `brought ${short(tokens)} tokens, which every later request carried along.`
        : `brought ${short(tokens)} tokens in ${times} calls, which every later request carried along.`,
    advice: "Have it print less: a quiet flag, the last lines, or a search in its output.",
  },
  expired: {
    find: (_, misses) => lost(misses, "expired"),
    says: ({ times, tokens, sessions }) =>
      `The cache ran out in a pause ${count(times, "time")} ${inSessions(sessions)}; ${short(tokens)} tokens were written again.`,
    advice:
      "Before a longer pause finish or /clear: to go on in a long context means to pay for all of it again.",
  },
  prefix: {
    find: (_, misses) => lost(misses, "prefix"),
    says: ({ times, tokens, sessions }) =>
      `The beginning of the context changed ${count(times, "time")} ${inSessions(sessions)}; ${short(tokens)} tokens were written again.`,
    advice:
      "CLAUDE.md, tools and MCP servers stand at the beginning: leave them alone while a session is at work.",
  },
  agents: {
    find: trivialAgents,
    says: ({ times }) =>
      `${times === 1 ? "sub-agent" : `sub-agents, ${times} of them,`} only looked things up, on a model that costs more than that needs.`,
    advice: "Give this agent a smaller model, such as haiku, in its definition.",
  },
  overload: {
    find: waited,
    says: ({ times, tokens, sessions }) =>
      `The service was overloaded: ${count(times, "retry").replace("retrys", "retries")} ${inSessions(sessions)}, ${duration(tokens)} of waiting.`,
    advice: "It costs time, not money. Another hour or model may be quicker.",
  },
  full: {
    find: full,
    says: ({ times, sessions }) =>
      `${count(times, "request")} ${inSessions(sessions)} carried more than 150 k tokens each.`,
    advice: "Use /compact or a new session once a part of the work is done.",
  },
};

function lost(misses: Missed[], cause: "expired" | "prefix"): Pattern[] {
  const lost = misses.filter(miss => miss.cause === cause);
  if (lost.reduce((sum, { times }) => sum + times, 0) < OFTEN_LOST) return [];
  return lost.map(miss => {
    const { times, tokens, cost: saved, day } = miss;
    return { rule: cause, subject: "", times, tokens, saved, day, kinds: [miss], step: null };
  });
}

/** Of this the tokens are the milliseconds that it took. */
function waited({ retries, calls }: Case): Pattern[] {
  const { times, waited: tokens } = retries;
  const day = calls.at(-1)?.day ?? 0;
  return times < OFTEN_MADE_TO_WAIT
    ? []
    : [{ rule: "overload", subject: "", times, tokens, saved: 0, day, kinds: [], step: null }];
}
