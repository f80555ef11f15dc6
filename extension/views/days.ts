import type { SessionRow } from "../protocol.ts";

/** Sessions of one day, under the name that a person gives to it. */
export interface Day {
  label: string;
  sessions: SessionRow[];
}

/** Groups sessions, newest first, by the day on which they were last at work. */
export function byDay(sessions: SessionRow[], now: number): Day[] {
  const days: Day[] = [];
  for (const session of sessions) {
    const label = dayLabel(session.endedAt, now);
    const last = days.at(-1);
    if (last?.label === label) last.sessions.push(session);
    else days.push({ label, sessions: [session] });
  }
  return days;
}

function dayLabel(at: number, now: number): string {
  const then = new Date(at);
  const back = (days: number) => {
    const day = new Date(now);
    day.setDate(day.getDate() - days);
    return day.toDateString() === then.toDateString();
  };
  if (back(0)) return "Today";
  if (back(1)) return "Yesterday";
  const sameYear = then.getFullYear() === new Date(now).getFullYear();
  const options = { weekday: "short", day: "numeric", month: "short" } as const;
  return then.toLocaleDateString("en-GB", sameYear ? options : { ...options, year: "numeric" });
}
