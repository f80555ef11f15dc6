import { Alerts } from "./alerts/alerts.ts";
import { usable } from "./base/alert-rules.ts";
import { CLOCK } from "./base/clock.ts";
import type { Lifetime } from "./base/lifetime.ts";
import { Redactor } from "./clean/redact.ts";
import type { Terms } from "./clean/turn.ts";
import type { Engine } from "./db/engine.ts";
import type { Sessions } from "./queries/sessions.ts";
import type { Recorder } from "./recording.ts";

/** Looks at the rules for alerts whenever something changed in the store. */
export function watchAlerts(
  { job, folders, hints, notes }: Recorder,
  reading: Lifetime,
  { db, sessions, terms, isReady }: { db: Engine; sessions: Sessions; terms: Terms; isReady(): boolean },
): Alerts {
  // What the demo shows was never spent, and failed nobody.
  const settings = job.demo ? { rules: [], weekStart: "monday" as const, webhook: "", mail: {} } : job.alerts;
  const { wrong } = usable(settings?.rules ?? []);
  notes.set("Some alerts are not looked at", wrong.join(" ") || undefined);
  const redactor = new Redactor(terms.redact);
  const title = (id: string) => sessions.one(id)?.title ?? "";
  const alerts = reading.add(
    new Alerts({
      ...{ db, folders, settings, env: process.env, clock: CLOCK, title, isReady },
      // At the first tier no words are kept, and none leave.
      publicTitle: id => (terms.tier > 1 ? redactor.redact(title(id)) : ""),
      changed: () => hints.fire({ kind: "alert" }),
      failed: why => notes.set("An alert could not be sent", why),
    }),
  );
  reading.add(hints.on(({ kind }) => kind !== "alert" && alerts.look()));
  alerts.look();
  return alerts;
}
