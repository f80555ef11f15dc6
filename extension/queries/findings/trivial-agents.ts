import type { Case, Request } from "./case.ts";
import { costWith, type Pattern } from "./pattern.ts";

const ONLY_LOOKS = new Set(["Read", "Grep", "Glob", "LS", "WebFetch", "WebSearch"]);
const FEW_CALLS = 10;
/** A model that is good enough to look things up. */
const CHEAP = "claude-haiku-4-5";

/** Sub-agents that only looked something up, on a model that costs more than twice as much as one for that. */
export function trivialAgents(of: Case): Pattern[] {
  return [...of.agents].flatMap(([agent, type]) => {
    const calls = of.calls.filter(call => call.agent === agent);
    const requests = of.requests.filter(request => request.agent === agent);
    const last = calls.at(-1);
    const looks = calls.every(call => ONLY_LOOKS.has(call.name));
    if (!last || !looks || calls.length > FEW_CALLS) return [];
    const paid = requests.reduce((sum, { cost }) => sum + cost, 0);
    const saved = paid - requests.reduce((sum, request) => sum + cheap(of, request), 0);
    if (saved < paid / 2) return [];
    const kinds = requests.flatMap(request => request.kinds);
    const about = { rule: "agents", subject: type, times: 1, tokens: 0 } as const;
    return [{ ...about, saved, day: last.day, kinds, step: last.id }];
  });
}

function cheap(of: Case, request: Request): number {
  return costWith(of, { ...request, model: CHEAP }, {});
}
