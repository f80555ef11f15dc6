import { baseName } from "../base/format.ts";
import type { SessionRow } from "../protocol.ts";
import { dayLabel } from "./days.ts";
import { LOOKS } from "./session-row.ts";

/** Sessions that have something in common, under the name that a person gives to it. */
export interface Group {
  id: string;
  label: string;
  sessions: SessionRow[];
}

export type GroupBy = "day" | "project" | "model" | "outcome" | "nothing";

/** Groups sessions, those first that come first; days go from the last one back, however the sessions are sorted. */
export function grouped(sessions: SessionRow[], by: Exclude<GroupBy, "nothing">, now: number): Group[] {
  const groups = new Map<string, Group>();
  for (const session of sessions) {
    const { name, label } = NAMES[by](session, now);
    const id = `${by}:${name}`;
    const group = groups.get(id) ?? { id, label, sessions: [] };
    group.sessions.push(session);
    groups.set(id, group);
  }
  const all = [...groups.values()];
  return by === "day" ? all.sort((a, b) => last(b) - last(a)) : all;
}

const NAMES = {
  day: ({ endedAt }, now) => named(dayLabel(endedAt, now)),
  project: ({ project }) => named(project, baseName(project) || "An unknown folder"),
  model: ({ models }) => named(models.join(", "), models.join(", ") || "No model"),
  outcome: ({ status }) => named(status, LOOKS[status].words),
} satisfies Record<Exclude<GroupBy, "nothing">, (session: SessionRow, now: number) => object>;

function named(name: string, label = name): { name: string; label: string } {
  return { name, label };
}

function last({ sessions }: Group): number {
  return Math.max(...sessions.map(({ endedAt }) => endedAt));
}
