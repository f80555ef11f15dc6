import type { AlertRule, AlertSettings } from "../../../extension/alert.ts";
import { Alerts } from "../../../extension/alerts/alerts.ts";
import * as mail from "../../../extension/alerts/mail.ts";
import type { Fact } from "../../../extension/clean/facts.ts";
import { Store } from "../../../extension/db/store.ts";
import { openScratch } from "../db/open-scratch.ts";
import { TestClock } from "./clock.ts";

export const MINUTE = 60_000;
/** Noon of the user's own day, wherever that is: a Wednesday. */
export const NOON = new Date(2026, 10, 18, 12).getTime();

/** A store with rules that look at it, by a clock that the test moves. */
export async function watched(rules: AlertRule[] | undefined, more: Partial<AlertSettings> = {}) {
  const folder = await openScratch();
  const store = new Store(folder.db);
  const clock = new TestClock(NOON);
  const failures: (string | undefined)[] = [];
  let ready = true;
  const settings = rules && { rules, weekStart: "monday" as const, webhook: "", mail: {}, ...more };
  const open = (given: AlertSettings | undefined, env: NodeJS.ProcessEnv = {}) =>
    new Alerts({
      ...{ db: folder.db, folders: ["/t"], settings: given, env, clock, changed: () => {} },
      failed: why => failures.push(why),
      title: session => `Title of ${session}`,
      publicTitle: () => "",
      isReady: () => ready,
      loadMail: () => mail,
    });
  let alerts = open(settings);
  const words = async () =>
    (await alerts.history({})).map(
      ({ rule, level, session, project, model, endedAt }) =>
        `${rule} ${level} ${session?.id ?? project ?? model ?? "all"}${endedAt === null ? "" : " ended"}`,
    );
  return {
    ...folder,
    ...{ clock, failures },
    /** The recorder's alerts, as they are by now. */
    alerts: () => alerts,
    words,
    /** Stores what happened, and lets the look at it come. */
    tell(...facts: Fact[]): void {
      store.take(facts);
      alerts.look();
      clock.pass(1000);
    },
    setReady(is: boolean): void {
      ready = is;
    },
    /** Another recorder takes over, with the same settings, others, or none, as a terminal does. */
    async replace(given: Partial<AlertSettings> | "none" = {}, env?: NodeJS.ProcessEnv): Promise<void> {
      alerts.close();
      alerts = open(given === "none" || !settings ? undefined : { ...settings, ...given }, env);
      alerts.look();
      clock.pass(1000);
    },
  };
}

let ids = 0;

/** A session at work. */
export function works(session: string, at: number, project = "/home/sam/dev/shop"): Fact {
  return { kind: "session", session, at, project, mood: "working" };
}

/** A request that cost so many dollars. */
export function costs(session: string, at: number, dollars: number, model = "claude-opus-5-5"): Fact[] {
  const tokens = { input: 1, output: 1, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, webSearches: 0 };
  const usage = { rank: 1, ...tokens, cost: Math.round(dollars * 1e9) };
  return [works(session, at), { kind: "request", session, id: `m${ids++}`, at, model, usage }];
}

/** Steps that ended, some of which failed. */
export function steps(
  session: string,
  at: number,
  many: number,
  failed: number,
  type: "tool" | "user" = "tool",
) {
  return Array.from({ length: many }, (_, i): Fact[] => {
    const id = `t${ids++}`;
    const status = i >= failed ? "ok" : type === "tool" ? "failed" : "interrupted";
    const step: Fact = { kind: "step", type: "tool", session, id, at, name: "Bash", status };
    return i < failed
      ? [step, { kind: "failure", session, at, step: id, from: "transcript", type, code: "exit_code" }]
      : [step];
  }).flat();
}
