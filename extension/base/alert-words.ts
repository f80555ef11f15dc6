import type { Alert } from "../alert.ts";
import { baseName, cents, duration, percent } from "./format.ts";

const MINUTE = 60_000;

/** What an alert says, in a sentence: `This month's budget: Claude Code has used $8.30 of $10.00 (83 %).` */
export function alertWords(alert: Alert): string {
  const { rule, kind, value, threshold } = alert;
  if (kind === "cost") {
    const used = `${cents(value)} of ${cents(threshold)} (${percent(value, threshold)})`;
    return `${rule}: ${subjectOf(alert)} has used ${used}.`;
  }
  if (kind === "error_rate") {
    const share = `${Math.round(value)} % of the steps of ${subjectOf(alert)} failed`;
    return `${rule}: ${share} in the last ${spanWords(alert.window)}.`;
  }
  return `${rule}: ${subjectOf(alert)} was at work, and nothing was heard of it for ${duration(value * MINUTE)}.`;
}

function subjectOf({ session, project, model }: Alert): string {
  if (session) return session.title ? `“${session.title}”` : `session ${session.id}`;
  if (project !== null) return baseName(project) || "an unknown project";
  return model ?? "Claude Code";
}

/** The time that `15m` or `2h` says, in milliseconds; an hour when nothing is said. */
export function spanOf(window: string | null | undefined): number {
  const [, number = "1", unit] = /^(\d+)([mh])$/.exec(window ?? "") ?? [];
  return Number(number) * (unit === "m" ? MINUTE : 60 * MINUTE);
}

function spanWords(window: string | null): string {
  const ms = spanOf(window);
  return ms === 60 * MINUTE ? "hour" : duration(ms);
}
