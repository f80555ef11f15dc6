import type { UsageFilter } from "../questions.ts";
import { type Condition, hereIn, where } from "./where.ts";

/** What the conditions of `used` stand on. */
export const SUMS = `sums n join session s on s.key = n.session left join source f on f.id = s.source
  left join agent a on a.id = n.agent`;
/** An agent is told by its type: its id says nothing to anybody. */
export const AGENT = "coalesce(a.type, n.agent)";

/** The sums that a question is about. */
export function used(folders: string[], wanted: UsageFilter): ReturnType<typeof where> {
  const { from, to, project, model, agent, session } = wanted;
  return where(
    hereIn(folders),
    ...sessionsOf(wanted),
    ["coalesce(s.project, '') = ?", project],
    ["s.id = ?", session],
    ["n.day >= ?", dayOf(from)],
    ["n.day <= ?", dayOf(to)],
    ["n.model = ?", model],
    [`${AGENT} = ?`, agent],
  );
}

/** That a session, as `s`, was in one of the folders or below. */
function sessionsOf({ within }: UsageFilter): Condition[] {
  const folders = within?.split("\n").filter(Boolean) ?? [];
  const below =
    "s.project = ? or (substr(s.project, 1, length(?)) = ? and substr(s.project, length(?) + 1, 1) in ('/', '\\'))";
  const params = folders.flatMap(folder => [folder, folder, folder, folder]);
  return folders.length === 0 ? [] : [[`(${folders.map(() => below).join(" or ")})`, ...params]];
}

/** The store's number of a day such as 2026-11-21. */
export function dayOf(date: string | undefined): number | undefined {
  return date === undefined ? undefined : Number(date.replaceAll("-", ""));
}

/** A day such as 2026-11-21 of the store's number. */
export function dateOf(day: number): string {
  return day > 0 ? String(day).replace(/^(\d{4})(\d\d)/, "$1-$2-") : "";
}
