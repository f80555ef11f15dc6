import { isCredential, LONGEST } from "./credential.ts";
import { mark, type Secret } from "./secrets.ts";

const KEY =
  /(?<password>pass(?:word|wd|phrase|code)|(?<=[_.-])pass|(?<![A-Za-z])pass(?=\\{0,7}["'])|pwd)|(?:api|app|access|account|auth|client|deploy|encryption|master|private|secret|service|shared|signing|subscription|webhook)[_-]?key|secret|token|authorization|credential|(?<![a-z])auth|bearer/gi;
/** More of a key's name, and no letter after that: a tokenizer, a secretary and a token count keep no secrets. */
const REST =
  /(?:[_-]?(?:key|value|base|base64|b64|prod|production|dev|staging|test|live|old|new|\d{1,3})){0,2}(?![\w-])/iy;
/** Before the word: the names of what is passed around openly, and those of the users of an address. */
const OPEN = /(?:page|next|continuation|progress|cancell?ation)[_-]?$|:\/\/[\w.%+-]{0,40}$/i;
const FLAG = /(?:^|[\s"'`])--?(?:[\w-]*-)?$/;
/** In code that declares a name only what is quoted is text. */
const DECLARED = /\b(?:const|let|var|static|readonly|final)\s{1,9}[\w$]{0,40}$/;
/** In a shell or a list of variables a name in capitals is no member, parameter or argument. */
const ENVIRONMENT = /(?<![\w.,;({$](?<!\\[nrt]))[A-Z\d_]{0,40}$/;
const CAPITALS = /^[A-Z\d_]+$/;

const SEPARATOR = /(\\{0,7}["'`])?[ \t]{0,9}(=>|:=|={1,3}|!==?|:(?!:))[ \t]{0,9}(?:[bru]{1,2}(?=["']))?/y;
const TAG_END = />/y;
const SPACE = /[ \t]{1,9}/y;
const IS = / is[: ] ?/y;
const SCHEME = /(?:bearer|basic|token|bot|apikey)[ \t]{1,9}/iy;

/** People also write of bearer authentication. */
const PROSE = /^[a-z-]{1,15}$/;

const QUOTE = /(\\{0,7})(["'`])/y;
const BARE = /[^\s"'`\\,;&|<>(){}[\]]{1,4096}/y;
/** In an environment even marks that end words elsewhere are of the value. */
const GIVEN = /(?:[^\s"'`\\;&|]|[;&|](?![;&|\s]|$)){1,4096}/y;

/** The key of an assignment, and how its value follows. */
interface Key {
  password: boolean;
  given: boolean;
  declared: boolean;
  /** Where its value begins. */
  value: number;
  /** The quote behind it, as of a key in JSON. */
  quote: string | undefined;
}

/** The secrets in a text that are said to be one by the name that they are given. */
export function* assigned(text: string): Generator<Secret> {
  const keys = new RegExp(KEY);
  for (let match = keys.exec(text); match; match = keys.exec(text)) {
    const key = keyAt(text, match);
    if (!key) continue;
    const { secret, next } = secretBehind(text, key);
    if (secret) yield secret;
    keys.lastIndex = Math.max(keys.lastIndex, next);
  }
}

function keyAt(text: string, match: RegExpExecArray): Key | undefined {
  const end = after(REST, text, match.index + match[0].length);
  if (end === undefined) return undefined;
  const before = text.slice(Math.max(0, match.index - 40), match.index);
  if (OPEN.test(before)) return undefined;
  const password = match.groups?.password !== undefined;
  const declared = DECLARED.test(before);
  SEPARATOR.lastIndex = end;
  const separator = SEPARATOR.exec(text);
  if (separator) {
    const [whole, quote, sign] = separator;
    const isSet = whole === "=" && CAPITALS.test(text.slice(match.index, end)) && ENVIRONMENT.test(before);
    const given = FLAG.test(before) || (isSet && !declared);
    return { password, given, declared, value: SEPARATOR.lastIndex, quote: sign === ":" ? quote : undefined };
  }
  const isBearer = match[0].toLowerCase() === "bearer";
  const value =
    (FLAG.test(before) || isBearer ? after(SPACE, text, end) : undefined) ??
    (before.endsWith("<") ? after(TAG_END, text, end) : undefined) ??
    (password ? after(IS, text, end) : undefined);
  return value === undefined
    ? undefined
    : { password, given: FLAG.test(before), declared, value, quote: undefined };
}

/** The secret behind a key, if it is one, and from where on to look for more keys. */
function secretBehind(text: string, key: Key): { secret?: Secret; next: number } {
  QUOTE.lastIndex = key.value;
  const [opening = "", slashes = "", sign] = QUOTE.exec(text) ?? [];
  const start = key.value + opening.length;
  const from = after(SCHEME, text, start) ?? start;
  const end =
    sign === undefined ? bareEnd(text, from, key.given) : quotedEnd(text, from, sign, slashes.length);
  const quoted = sign !== undefined;
  const next = quoted ? start : end;
  const value = text.slice(from, end);
  const given = key.given || (from > start && !PROSE.test(value));
  const isCode =
    !quoted && (text[end] === "(" || key.declared || (key.quote !== undefined && !/^\d+$/.test(value)));
  if (isCode || !isCredential(value, { password: key.password, given, quoted })) return { next };
  const said = mark(key.password ? "password" : "token");
  // In JSON a number has no quotes, but the mark needs them.
  const needsQuotes = !quoted && key.quote !== undefined;
  return { secret: { start: from, end, mark: needsQuotes ? key.quote + said + key.quote : said }, next: end };
}

function bareEnd(text: string, from: number, given: boolean): number {
  const end = after(given ? GIVEN : BARE, text, from) ?? from;
  // The end of a sentence.
  return end > from && (text[end - 1] === "." || text[end - 1] === ":") ? end - 1 : end;
}

/**
 * Where a quoted text ends: at a quote behind as many backslashes as opened it, for each time that it was put into
 * another text doubles them, and gives the quotes in it one more. It never goes past the end of the text around it.
 */
function quotedEnd(text: string, from: number, sign: string, slashes: number): number {
  let run = 0;
  for (let at = from; at < text.length && at - from < LONGEST; at++) {
    const letter = text[at];
    if (letter === "\\") {
      run++;
      continue;
    }
    if (letter === "\n" || letter === "\r") return at;
    const level =
      letter === sign ? levelEnded(run, slashes) : letter === '"' ? levelEnded(run, 0) : undefined;
    if (level !== undefined) return at - level;
    run = 0;
  }
  return Math.min(text.length, from + LONGEST);
}

/** Which text a quote behind so many backslashes ends, told by the backslashes of its own quotes, if it ends any. */
function levelEnded(run: number, slashes: number): number | undefined {
  for (let level = 0; level <= slashes; level = 2 * level + 1)
    if (run % (2 * (level + 1)) === level) return level;
  return undefined;
}

/** Where what matches at `at` ends. */
function after(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
