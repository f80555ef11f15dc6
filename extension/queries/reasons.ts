import { count, short } from "../base/format.ts";
import { addDays, usualDay } from "../base/usual.ts";
import type { BilledSession, FindingRule, Reasons, ReasonsWanted } from "../bill.ts";
import type { Engine } from "../db/engine.ts";
import type { Bills } from "./bill.ts";
import type { Findings, Seen } from "./findings/findings.ts";
import { dollars } from "./spent.ts";
import { usage } from "./usage.ts";

/** A day is as usual as those of the weeks before. */
const BEFORE = 60;
const MOST = 5;

type Part = Reasons["parts"][number];

/** What to say of a pattern on a day, before the session's title. */
const SAYS: Record<Exclude<FindingRule, "overload">, (seen: Seen) => string> = {
  expired: ({ times, tokens }) =>
    `Cache written again ${count(times, "time")} after pauses, ${short(tokens / times)} tokens each, in`,
  prefix: ({ times, tokens }) =>
    `Cache lost ${count(times, "time")} because the beginning of the context changed, ${short(tokens / times)} tokens each, in`,
  reread: ({ subject, times }) => `${subject} read ${count(times, "time")}, unchanged, in`,
  loop: ({ subject, times }) =>
    `${subject} failed ${count(times, "time")} with nothing changed in between, in`,
  huge: ({ subject, tokens }) => `Output of ${subject}, ${short(tokens)} tokens, carried along in`,
  agents: ({ subject }) => `Sub-agent ${subject} only looked things up, on a large model, in`,
  full: ({ times }) => `${count(times, "request")} with a context that was nearly full, in`,
};

/** The few things that make up why a day cost more than usual. */
export async function reasons(
  at: { db: Engine; folders: string[]; bills: Bills; findings: Findings },
  { day, ...which }: ReasonsWanted,
): Promise<Reasons> {
  const days = usage(at.db, at.folders, { by: "day", from: addDays(day, -BEFORE), to: day, ...which });
  const costUsd = days.find(({ name }) => name === day)?.costUsd ?? 0;
  const usualUsd = usualDay(days, day) ?? 0;
  const one = { from: day, to: day, ...which };
  const sessions = await at.bills.sessions(one);
  const seen = await at.findings.seen(one);
  return { costUsd, usualUsd, parts: upTo(costUsd - usualUsd, partsOf(sessions, seen)) };
}

/** Patterns first; what a session cost beside them is told of the session itself. */
function partsOf(sessions: BilledSession[], seen: Seen[]): Part[] {
  return sessions.flatMap(({ session, costUsd }) => {
    let left = Math.round(costUsd * 1e9);
    const parts: Part[] = [];
    const here = seen.filter(pattern => pattern.session === session.id).sort((a, b) => b.saved - a.saved);
    for (const pattern of here) {
      const saved = Math.min(left, Math.round(pattern.saved));
      if (pattern.rule === "overload" || saved <= 0) continue;
      left -= saved;
      const what = SAYS[pattern.rule](pattern);
      parts.push({ costUsd: dollars(saved), what, session, step: pattern.step });
    }
    const rest = parts.length > 0 ? "All else in" : "All that was done in";
    parts.push({ costUsd: dollars(left), what: rest, session, step: null });
    return parts.map(part => ({ ...part, session: { id: session.id, title: session.title } }));
  });
}

/** The largest parts until they make up the rise, the last one as far as it does. */
function upTo(rise: number, parts: Part[]): Part[] {
  let left = rise;
  return parts
    .sort((a, b) => b.costUsd - a.costUsd)
    .slice(0, MOST)
    .flatMap(part => {
      const costUsd = Math.min(left, part.costUsd);
      left -= costUsd;
      return costUsd > 0.005 ? [{ ...part, costUsd }] : [];
    });
}
