import type { SessionRow } from "../protocol.ts";
import type { SessionsSort, SessionsWanted } from "../questions.ts";
import { type Condition, inFolder } from "./where.ts";

/** What stands first in a list of sessions. */
export const ORDERS: Record<SessionsSort, string> = {
  time: "s.ended_at desc, s.id desc",
  cost: "(select sum(cost) from sums where session = s.key) desc, s.id desc",
  duration: "s.ended_at - s.started_at desc, s.id desc",
};

const COST = "(select coalesce(sum(cost), 0) from sums where session = s.key) / 1e9";
const USED = "exists (select 1 from step x where x.session = s.key and x.kind = 'tool'";

/** What the store can tell of the sessions that are wanted; `files` finds those with a text in their path. */
export function conditions(wanted: SessionsWanted, files: (text: string) => number[]): Condition[] {
  const { before, project, since, until, model, tool, file, costFrom, costTo } = wanted;
  const [, endedAt, id] = /^(\d+),(.*)$/.exec(before ?? "") ?? [];
  return [
    ["(s.ended_at, s.id) < (?, ?)", endedAt === undefined ? undefined : Number(endedAt), id],
    inFolder(project),
    ["s.ended_at >= ?", since],
    ["s.ended_at < ?", until],
    ["exists (select 1 from sums where session = s.key and model = ? and requests > 0)", model],
    [`${USED} and instr(lower(x.name), lower(?)) > 0)`, tool],
    [`${COST} >= ?`, costFrom],
    [`${COST} <= ?`, costTo],
    ...(file === undefined ? [] : [changed(files(file))]),
  ];
}

function changed(files: number[]): Condition {
  return [
    `exists (select 1 from edited where session = s.key and edits > 0 and file in (${files.join(", ")}))`,
  ];
}

/** Whether a session's row tells what is wanted: what the store does not know, or only from the clock. */
export function tells(row: SessionRow, { text, status }: SessionsWanted): boolean {
  if (status !== undefined && !status.split(",").includes(row.status)) return false;
  if (text === undefined) return true;
  const told = [row.title, row.project, row.branch, row.id, ...row.models].join("\n").toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every(word => told.includes(word));
}
