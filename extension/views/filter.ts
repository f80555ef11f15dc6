import { addDays, dayAt, startOfDay } from "../base/usual.ts";
import type { SessionStatus } from "../protocol.ts";
import type { SessionsWanted } from "../questions.ts";
import { LOOKS } from "./session-row.ts";

/** A filter as it was typed, understood: what is wanted, and what could not be. */
export interface Filter {
  wanted: SessionsWanted;
  problem?: string;
}

/** What can be asked for by name; each tells what it wants, or why a value makes no sense. */
const NAMES: Record<string, (value: string, now: number) => SessionsWanted | string> = {
  status: value =>
    value.split(",").every(word => Object.hasOwn(LOOKS, word))
      ? { status: value }
      : `There is no state ${value}. There are ${STATES.join(", ")}.`,
  tool: tool => ({ tool }),
  file: file => ({ file }),
  cost: costOf,
  since: (value, now) => at(value, now, since => ({ since })),
  until: (value, now) => at(value, now, until => ({ until })),
};

const STATES = Object.keys(LOOKS) as SessionStatus[];

/** To be shown where a filter is typed. */
export const EXAMPLE = "flaky status:failed tool:Bash file:cart cost:>1 since:7d";

// A word, or some in quotes, with or without a name before it.
const PART = /(?:([a-z]+):)?(?:"([^"]*)"?|(\S+))/gi;

/** Understands `flaky status:failed tool:Bash file:cart cost:>1 since:7d`; plain words are looked for in titles. */
export function readFilter(typed: string, now: number): Filter {
  const words: string[] = [];
  let wanted: SessionsWanted = {};
  let problem: string | undefined;
  for (const [all, name, quoted, word] of typed.matchAll(PART)) {
    const known = Object.entries(NAMES).find(([known]) => known === name?.toLowerCase())?.[1];
    const value = quoted ?? word ?? "";
    if (name !== undefined && !known)
      problem ??= `There is no filter ${name}:, only ${Object.keys(NAMES).join(", ")}. In quotes it is a word: "${all}".`;
    const understood = known ? known(value, now) : undefined;
    if (typeof understood === "string") problem ??= understood;
    else if (understood) wanted = { ...wanted, ...understood };
    else if (name === undefined && value !== "") words.push(value);
  }
  if (words.length > 0) wanted.text = words.join(" ");
  return problem === undefined ? { wanted } : { wanted, problem };
}

function costOf(value: string): SessionsWanted | string {
  const [, sign, dollars] = /^([<>])=?\$?(\d+(?:\.\d+)?)$/.exec(value) ?? [];
  if (dollars === undefined) return "A cost is asked for as cost:>1 or cost:<0.50, in dollars.";
  return sign === ">" ? { costFrom: Number(dollars) } : { costTo: Number(dollars) };
}

const DAY = 24 * 3_600_000;
const UNITS: Record<string, number> = { h: DAY / 24, d: DAY, w: 7 * DAY };

function at(value: string, now: number, wanted: (time: number) => SessionsWanted): SessionsWanted | string {
  const [, many, unit = ""] = /^(\d{1,5})([hdw])$/.exec(value) ?? [];
  if (many !== undefined) return wanted(Math.max(0, now - Number(many) * (UNITS[unit] ?? DAY)));
  if (value === "today") return wanted(startOfDay(dayAt(now)));
  if (value === "yesterday") return wanted(startOfDay(addDays(dayAt(now), -1)));
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value) ?? [];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (date.getUTCDate() === Number(day)) return wanted(Math.max(0, startOfDay(value)));
  return "A time is asked for as 12h, 7d, 2w, today, yesterday or 2026-11-21.";
}
