/** Numbers and times in the words that every view uses. */

/** `1 prompt`, `2 prompts`. */
export function count(n: number, noun: string): string {
  return `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;
}

/** `4 prompts, 21 steps`. */
export function work({ prompts, toolCalls }: { prompts: number; toolCalls: number }): string {
  return `${count(prompts, "prompt")}, ${count(toolCalls, "step")}`;
}

/** `$1.24`, `$0.032`: two digits that mean something. */
export function money(dollars: number): string {
  const digits = dollars > 0 && dollars < 0.1 ? Math.min(6, 1 - Math.floor(Math.log10(dollars))) : 2;
  return `$${formatOf(digits).format(dollars)}`;
}

const formats = new Map<number, Intl.NumberFormat>();

/** Made once: to make one takes as long as to print a hundred numbers. */
function formatOf(maximumFractionDigits: number): Intl.NumberFormat {
  const known = formats.get(maximumFractionDigits);
  if (known) return known;
  const made = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits });
  formats.set(maximumFractionDigits, made);
  return made;
}

/** `$1.24`, `<$0.01`: for columns, where points stand below each other. */
export function cents(dollars: number): string {
  return dollars > 0 && dollars < 0.005 ? "<$0.01" : money(Math.round(dollars * 100) / 100);
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
  const time = new Date(at);
  return `${String(time.getHours()).padStart(2, "0")}:${String(time.getMinutes()).padStart(2, "0")}`;
}

/** `14:02` today, `yesterday 14:02`, `12 Nov` before. */
export function moment(at: number, now: number): string {
  const then = new Date(at);
  const days = daysBetween(at, now);
  if (days === 0) return clock(at);
  if (days === 1) return `yesterday ${clock(at)}`;
  return `${then.getDate()} ${MONTHS[then.getMonth()]}`;
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
  return new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
}

/** Midnights that lie between two times. */
function daysBetween(at: number, now: number): number {
  const midnight = (ms: number) => new Date(ms).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(at)) / (24 * 60 * MINUTE));
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

/** `812`, `68k`, `1.2M`: tokens, of which nobody counts the last ones. */
export function short(n: number): string {
  if (n < 1000) return String(n);
  return n < 999_500 ? `${Math.round(n / 1000)}k` : `${(n / 1e6).toFixed(1)}M`;
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

/** `91 %`. */
export function percent(part: number, whole: number): string {
  return whole > 0 ? `${Math.round((part / whole) * 100)} %` : "–";
}
