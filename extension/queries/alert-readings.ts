import type { AlertRule } from "../alert.ts";
import { spanOf } from "../base/alert-words.ts";
import { type Period, startOf } from "../base/budgets.ts";
import { addDays, dayAt, startOfDay } from "../base/usual.ts";
import type { WeekStart } from "../bill.ts";
import type { Engine } from "../db/engine.ts";
import type { UsageFilter } from "../questions.ts";
import { type Moods, statusOf } from "./status.ts";
import { usage } from "./usage.ts";
import { hereIn, inFolder, where } from "./where.ts";

/** How much something is that a rule is about, and whose it is if not everyone's. */
export interface Reading {
  session?: string;
  project?: string;
  model?: string;
  value: number;
  /** It has been so for too long to be news: nobody recorded when it came to be. */
  stale?: boolean;
}

export interface Readings {
  all: Reading[];
  /** When they change by time alone. */
  next?: number;
}

/** Where to look, and when. */
export interface Looking {
  db: Engine;
  folders: string[];
  weekStart: WeekStart;
  now: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Two of three steps that failed say little. */
const ENOUGH = 10;
/** Whoever says nothing for so long was left. */
const LEFT = 12 * HOUR;

/** What a rule is about, as it stands now. */
export function readingsOf(rule: AlertRule, looking: Looking): Readings {
  if (rule.kind === "cost") return costs(rule, looking);
  return rule.kind === "error_rate" ? errorRates(rule, looking) : silences(rule, looking);
}

function costs({ window, per, scope }: AlertRule, looking: Looking): Readings {
  const { db, folders, weekStart, now } = looking;
  const filter: UsageFilter = {
    ...(window !== undefined && { from: startOf(window as Period, dayAt(now), weekStart) }),
    ...(scope?.project !== undefined && { within: scope.project }),
    ...(scope?.model !== undefined && { model: scope.model }),
  };
  if (per === "session") return costsOfSessions(filter, looking);
  const rows = usage(db, folders, { by: per ?? "model", ...filter });
  const all = per
    ? rows.map(({ name, costUsd }) => ({ [per]: name, value: costUsd }))
    : [{ value: rows.reduce((sum, { costUsd }) => sum + costUsd, 0) }];
  return { all, next: startOfDay(addDays(dayAt(now), 1)) };
}

/** Of those that were at work in the last hour: what others cost is no news. */
function costsOfSessions(filter: UsageFilter, { db, folders, now }: Looking): Readings {
  const recent = db.all<{ id: string; ended_at: number }>(
    "select id, ended_at from session where ended_at > ? order by ended_at",
    [now - HOUR],
  );
  const all = recent.flatMap(({ id }) =>
    usage(db, folders, { by: "session", session: id, ...filter }).map(row => ({
      session: id,
      value: row.costUsd,
    })),
  );
  const [first] = recent;
  return { all, ...(first && { next: first.ended_at + HOUR }) };
}

/** A refusal of the user's is no error, and what runs may still go well. */
const STEPS = `from session s left join source f on f.id = s.source join step x on x.session = s.key
  left join failure w on w.step = x.id and coalesce(w.type, '') not in ('permission', 'user')
  where x.kind in ('tool', 'retry', 'error') and coalesce(x.status, '') not in ('running', 'denied', 'interrupted')`;

function errorRates({ window, per, scope }: AlertRule, { db, folders, now }: Looking): Readings {
  const since = now - spanOf(window);
  const { sql, params } = where(
    hereIn(folders),
    ["s.ended_at >= ? and x.at >= ?", since, since],
    inFolder(scope?.project),
  );
  const name = per === "session" ? "s.id" : per === "project" ? "coalesce(s.project, '')" : "''";
  const rows = db.all<{ name: string; steps: number; failed: number }>(
    `select ${name} as name, count(*) as steps, count(w.step) as failed ${STEPS} and ${sql} group by 1`,
    params,
  );
  const all = rows
    .filter(({ steps }) => steps >= ENOUGH)
    .map(({ name, steps, failed }) => ({ ...(per && { [per]: name }), value: (100 * failed) / steps }));
  return { all, ...(all.some(({ value }) => value > 0) && { next: now + MINUTE }) };
}

type Silent = Moods & { id: string };

function silences({ threshold, scope }: AlertRule, { db, folders, now }: Looking): Readings {
  const { sql, params } = where(
    hereIn(folders),
    ["s.mood = 'working' and s.ended_at > ?", now - LEFT],
    inFolder(scope?.project),
  );
  const rows = db.all<Silent>(
    `select s.*, (select max(at) from prompt where session = s.key) as prompted_at
     from session s left join source f on f.id = s.source where ${sql}`,
    params,
  );
  // Seen from when it was last heard of: that it is silent since must not count as its end.
  const working = rows
    .map(row => ({ ...row, heard: Math.max(row.mood_rank ?? 0, row.ended_at) }))
    .filter(row => statusOf(row, row.heard).status === "running");
  const all = working.map(({ id, heard }) => {
    const value = (now - heard) / MINUTE;
    return { session: id, value, stale: value > threshold + 60 };
  });
  const due = working.map(({ heard }) => heard + threshold * MINUTE).filter(at => at > now);
  return { all, ...(due.length > 0 && { next: Math.min(...due) }) };
}
