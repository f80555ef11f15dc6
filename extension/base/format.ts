/** Numbers and times in the words that every view uses. */
import { timeZone, wallAt } from "./zone.ts";

/** `1 prompt`, `2 prompts`. */
export function count(n: number, noun: string): string {
  return `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;
}

/** `4 prompts, 21 tool calls`. */
export function work({ prompts, toolCalls }: { prompts: number; toolCalls: number }): string {
  return `${count(prompts, "prompt")}, ${count(toolCalls, "tool call")}`;
}

/** What amounts are shown in; they are all counted in dollars, of which each is worth `rate` of it. */
export interface Currency {
  code: string;
  rate: number;
}

const DOLLARS: Currency = { code: "USD", rate: 1 };
let shown = DOLLARS;

/** Shows amounts in a currency from now on; in dollars when it is none. A user's settings can hold anything. */
export function showMoneyIn({ code = "", rate = 0 }: Partial<Currency> = {}): void {
  const isOne = /^[A-Z]{3}$/.test(code) && Number.isFinite(rate) && rate > 0;
  shown = isOne ? { code, rate } : DOLLARS;
}

/** What amounts are shown in now. */
export function currency(): Currency {
  return shown;
}

/** `$1.24`, `$0.032`: two digits that mean something. */
export function money(dollars: number, { code, rate } = shown): string {
  const amount = dollars * rate;
  const least = digitsOf(code);
  const few = amount > 0 && amount < 10 ** (1 - least);
  const digits = few ? Math.min(6, 1 - Math.floor(Math.log10(amount))) : least;
  return formatOf(code, least, digits).format(amount);
}

const formats = new Map<string, Intl.NumberFormat>();

/** To make one takes longer than to write a thousand amounts with it. */
function formatOf(code: string, least: number, most: number): Intl.NumberFormat {
  const name = `${code} ${least} ${most}`;
  const format =
    formats.get(name) ??
    new Intl.NumberFormat("en", {
      ...{ style: "currency", currency: code, currencyDisplay: "narrowSymbol" },
      ...{ minimumFractionDigits: least, maximumFractionDigits: most },
    });
  formats.set(name, format);
  return format;
}

/** The same for what leaves for elsewhere, where nobody knows of the user's currency. */
export function inDollars(dollars: number): string {
  return money(dollars, DOLLARS);
}

/** `$1.24`, `<$0.01`: for columns, where points stand below each other. */
export function cents(dollars: number): string {
  const { code, rate } = shown;
  const digits = digitsOf(code);
  const cent = 10 ** -digits / rate;
  const isLess = dollars > 0 && dollars < cent / 2;
  const rounded = isLess ? cent : Math.round(dollars / cent) * cent;
  return (isLess ? "<" : "") + formatOf(code, digits, digits).format(rounded * rate);
}

/** `$30`, of round amounts. */
export function roundMoney(dollars: number): string {
  return cents(dollars).replace(/\.0+$/, "");
}

const digits = new Map([[DOLLARS.code, 2]]);

/** How many digits a currency has: yen have no cents. */
function digitsOf(code: string): number {
  const known = digits.get(code);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat("en", { style: "currency", currency: code });
  const { maximumFractionDigits: found = 2 } = format.resolvedOptions();
  digits.set(code, found);
  return found;
}

/** `+120 −34`; nothing when there were none. */
export function lines(added: number, removed: number): string {
  const some = [
    added > 0 && `+${added.toLocaleString("en")}`,
    removed > 0 && `−${removed.toLocaleString("en")}`,
  ];
  return some.filter(Boolean).join(" ");
}

/** What is to be said of something, with what there is nothing to say of left out: `$1.24 · 12 min`. */
export function brief(...parts: (string | false | undefined | null)[]): string {
  return parts.filter(Boolean).join(" · ");
}

const MINUTE = 60_000;

/** `8.2 s`, `12 min`, `3 h 05 min`: how long something took. */
export function duration(ms: number): string {
  if (ms < MINUTE - 500) return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  const minutes = Math.round(ms / MINUTE);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

/** `14:02`. */
export function clock(at: number): string {
  return wallAt(at).toISOString().slice(11, 16);
}

/** `14:02:51`. */
export function exactClock(at: number): string {
  return wallAt(at).toISOString().slice(11, 19);
}

/** `14:02` today, `yesterday 14:02`, `12 Nov` before. */
export function moment(at: number, now: number): string {
  const then = wallAt(at);
  const days = daysBetween(at, now);
  if (days === 0) return clock(at);
  if (days === 1) return `yesterday ${clock(at)}`;
  return `${then.getUTCDate()} ${MONTHS[then.getUTCMonth()]}`;
}

// As English has them in Britain.
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"];

/** `just now`, `5 min ago`, `2 h ago`, `3 days ago`, `12 Nov 2026`. */
export function ago(at: number, now: number): string {
  const minutes = Math.floor((now - at) / MINUTE);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ago`;
  const days = Math.floor(minutes / (24 * 60));
  if (days < 30) return `${count(days, "day")} ago`;
  const then = { day: "numeric", month: "short", year: "numeric", timeZone: timeZone() } as const;
  return new Date(at).toLocaleDateString("en-GB", then);
}

/** Midnights that lie between two times. */
function daysBetween(at: number, now: number): number {
  const day = (ms: number) => Math.floor(wallAt(ms).getTime() / (24 * 60 * MINUTE));
  return day(now) - day(at);
}

// The first half of a character beyond the 16 bits, such as an emoji.
const HALF_CHARACTER = /[\uD800-\uDBFF]$/;

/** The first line of `text`, cut at `max` characters. */
export function oneLine(text: string, max = 120): string {
  const line = text.trim().split("\n", 1)[0]?.trim() ?? "";
  return line.length > max
    ? `${line
        .slice(0, max - 1)
        .replace(HALF_CHARACTER, "")
        .trimEnd()}…`
    : line;
}

/** `812`, `4.1 k`, `68 k`, `1.2 M`: tokens, of which nobody counts the last ones. */
export function short(n: number): string {
  if (n < 1000) return String(n);
  if (n < 9950) return `${(n / 1000).toFixed(1)} k`;
  return n < 999_500 ? `${Math.round(n / 1000)} k` : `${(n / 1e6).toFixed(1)} M`;
}

// Beyond what no line has: control characters, and those that turn the direction of what follows them.
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;
const ACTING = /\$(?=\()|(?<=:)(?=\/\/)|(?<=\])(?=\()|\bwww(?=\.)|(?=@)/gi;

/** Words of a transcript where the editor would take some for an icon or a link: they look the same and do nothing. */
export function harmless(text: string): string {
  return text.replace(UNSEEN, " ").replace(ACTING, "$&\u200b");
}

/** `812 kB`, `12.4 MB`. */
export function size(bytes: number): string {
  if (bytes < 1e6) return `${Math.ceil(bytes / 1000)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}

/** The last part of a path of either kind. */
export function baseName(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
}

/** `91 %`, `< 1 %`: what is there is never nothing. */
export function percent(part: number, whole: number): string {
  if (whole <= 0) return "–";
  const share = part / whole;
  return share > 0 && share < 0.005 ? "< 1 %" : `${Math.round(share * 100)} %`;
}
