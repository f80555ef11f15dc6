import type { ProgramEvent } from "../questions.ts";
import { type Fact, usageRank } from "./facts.ts";
import { modelFailure } from "./failures.ts";
import { amount, isObject } from "./json.ts";
import type { Prices } from "./prices.ts";

/** When a program says that something was. */
export function timeOf({ timestamp }: ProgramEvent): number {
  return typeof timestamp === "number" ? timestamp : Date.parse(timestamp);
}

export function isProgramEvent(body: unknown): body is ProgramEvent {
  return isObject(body) && typeof body.agent_id === "string" && typeof body.event_type === "string";
}

/** The facts in what a program tells of itself: a trace is a session, and what names a model is a request to it. */
export function factsOfProgram(event: ProgramEvent, at: number, prices: Prices): Fact[] {
  const { agent_id, trace_id, span_id, model, tokens_in, tokens_out, latency_ms, status_code = 0 } = event;
  const session = trace_id ?? agent_id;
  const id = `${session}:${span_id ?? `${at}:${event.event_type}`}`;
  const facts: Fact[] = [{ kind: "session", session, at }];
  if (model !== undefined || tokens_in !== undefined || tokens_out !== undefined) {
    const none = { cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, webSearches: 0 };
    const tokens = { input: tokens_in ?? 0, output: tokens_out ?? 0, ...none };
    // It says nothing of money, so that its price is ours to find, and to find anew when the lists change.
    const cost = model === undefined ? undefined : prices.cost(model, tokens, at);
    const usage = { rank: usageRank.line(tokens.output), ...tokens, cost };
    const duration = latency_ms === undefined ? undefined : amount(latency_ms);
    facts.push({ kind: "request", session, id, at, model, usage, duration });
  }
  if (status_code < 400) return facts;
  const { status, type, code } = modelFailure(status_code);
  return [
    ...facts,
    { kind: "step", type: "error", session, id, at, status, from: "telemetry" },
    { kind: "failure", session, step: id, at, from: "telemetry", type, code },
  ];
}
