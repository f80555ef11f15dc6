/** The time zone in which days begin, hours and weeks are counted, and times are shown. */
let chosen: string | undefined;
let format: Intl.DateTimeFormat | undefined;

/** By the quarter of an hour: no zone changes its clocks within one. */
const offsets = new Map<number, number>();
const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;

/** Counts time in a zone from now on; in the machine's when it is none. A user's settings can hold anything. */
export function countTimeIn(zone?: string): void {
  // Most say none, and to load what knows the zones takes longer than all else at the editor's start.
  chosen = zone && isTimeZone(zone) ? zone : undefined;
  format = chosen
    ? new Intl.DateTimeFormat("en", { timeZone: chosen, timeZoneName: "longOffset" })
    : undefined;
  offsets.clear();
}

/** The name of the zone that time is counted in now. */
export function timeZone(): string {
  return chosen ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Whether it is a name such as Europe/Berlin. */
export function isTimeZone(name: unknown): boolean {
  try {
    return typeof name === "string" && new Intl.DateTimeFormat("en", { timeZone: name }).format() !== "";
  } catch {
    return false;
  }
}

/** What the clock on the wall shows at a time: the UTC parts of a date are those of the zone. */
export function wallAt(at: number): Date {
  return new Date(at + offsetAt(at));
}

/** When the clock on the wall shows it. Of an hour that it skips it is the moment after, of one that comes twice the first. */
export function atWall(wall: number): number {
  const early = wall - offsetAt(wall - DAY);
  const late = wall - offsetAt(wall + DAY);
  return [early, late].find(at => wallAt(at).getTime() === wall) ?? Math.max(early, late);
}

const DAY = 24 * 60 * MINUTE;

function offsetAt(at: number): number {
  const quarter = Math.floor(at / QUARTER);
  const known = offsets.get(quarter);
  if (known !== undefined) return known;
  const offset = format ? told(format.format(at)) : -new Date(at).getTimezoneOffset() * MINUTE;
  offsets.set(quarter, offset);
  return offset;
}

/** `11/21/2026, GMT+05:30`; at Greenwich nothing follows. */
function told(text: string): number {
  const [, sign, hours = "0", minutes = "0"] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(text) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE;
}
