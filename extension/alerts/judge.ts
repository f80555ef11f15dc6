import type { Alert, AlertLevel, AlertRule } from "../alert.ts";
import { levelOf, NEAR } from "../base/alert-rules.ts";
import type { AlertLog } from "../db/alert-log.ts";
import { type Looking, type Reading, readingsOf } from "../queries/alert-readings.ts";

/** What came of a look. */
export interface Judged {
  /** Something began or ended. */
  changed: boolean;
  /** When to look again although nothing happened. */
  next: number;
}

/**
 * Looks at all rules: what crosses a threshold begins an alert, what falls well below it ends that. What is known of
 * before stands in the store alone, so that it is the same for the next recorder.
 */
export function judge(rules: AlertRule[], log: AlertLog, looking: Looking): Judged {
  const open = new Set(log.open());
  let [changed, next] = [false, Number.POSITIVE_INFINITY];
  const end = (alert: Alert) => {
    open.delete(alert);
    log.end(alert.id, looking.now);
    changed = true;
  };
  const still = new Set<Alert>();
  for (const rule of rules) {
    const readings = readingsOf(rule, looking);
    next = Math.min(next, readings.next ?? next);
    for (const reading of readings.all) {
      const was = [...open].find(alert => alert.rule === rule.name && isOf(alert, reading));
      const level = levelOf(reading.value, rule);
      if (was && !rises(was, level) && isStill(was.level, reading, rule)) still.add(was);
      else if (level && !reading.stale && !isOld(rule, level, reading, log)) {
        if (was) end(was);
        log.begin(rule, level, reading, looking.now);
        changed = true;
      }
    }
  }
  for (const alert of open) if (!still.has(alert)) end(alert);
  return { changed, next };
}

function isOf({ session, project, model }: Alert, reading: Reading): boolean {
  return (
    (session?.id ?? null) === (reading.session ?? null) &&
    project === (reading.project ?? null) &&
    model === (reading.model ?? null)
  );
}

function rises({ level }: Alert, now: AlertLevel | undefined): boolean {
  return level === "near" && now === "over";
}

/** It is over only when it is clearly below. */
function isStill(level: AlertLevel, { value }: Reading, { threshold }: AlertRule): boolean {
  return value >= NEAR * (level === "near" ? NEAR * threshold : threshold);
}

/** What a session cost in all its life does not fall again: it is told once, also when it is taken up another day. */
function isOld(rule: AlertRule, level: AlertLevel, reading: Reading, log: AlertLog): boolean {
  return rule.kind === "cost" && rule.window === undefined && log.wasTold(rule, level, reading);
}
