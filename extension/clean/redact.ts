import { isSecret, type Named } from "./secret-value.ts";
import { INTRODUCED, PRIVATE_KEY, SECRETS } from "./secrets.ts";

const PLACEHOLDER = /^(?:[$%{<*.]|x{3,}|\[redacted)/i;

function mark(kind: string): string {
  return `[redacted: ${kind}]`;
}

function ownLooks(text: string): string {
  let clean = text;
  for (const { kind, signs, pattern } of SECRETS)
    if (signs.some(sign => clean.includes(sign))) clean = clean.replace(pattern, mark(kind));
  return clean;
}

function introduced(text: string): string {
  let clean = text;
  for (const { kind, signs, pattern } of INTRODUCED)
    if (signs.test(clean))
      clean = clean.replace(pattern, (whole, words: string, secret: string) =>
        PLACEHOLDER.test(secret) || /^\d+$/.test(secret) ? whole : words + mark(kind),
      );
  return clean;
}

// Quotes and line ends stay, so that a list of lines in JSON stays one.
function privateKeys(text: string): string {
  if (!text.includes("PRIVATE KEY")) return text;
  return text.replace(PRIVATE_KEY, (whole, head: string, body: string) => {
    if (!/[A-Za-z0-9+/=]{16}/.test(body)) return whole;
    let first = true;
    const rest = body.replace(/(\\+[nrt])|[A-Za-z0-9+/=]{4,}/g, (_, lineEnd: string | undefined) => {
      if (lineEnd !== undefined) return lineEnd;
      const put = first ? mark("private key") : "";
      first = false;
      return put;
    });
    return head + rest;
  });
}

const WORDS =
  /pass(?:word|wd|phrase|code)|[_;]pwd|_pass|secret|token|api[_-]?key|authorization|credential|(?:access|account|private|encryption|signing|auth|master|service|client)[_-]?key|_key|_auth|cookie/i;

// The word that ends a name, then what leads to its value. A flag and its value may be two items of a list.
const NAMED = new RegExp(
  String.raw`((?:--[\w-]{0,40}?)?)(${WORDS.source})((?:[_-]?(?:access[_-]?)?key(?:[_-]?(?:base|id))?|s|[_-]?(?:value|\d{1,3}))?(?![\w-]))(\\*["'\`]?\]?)(\s{0,20}(?::=|=>|[:=](?!=|>))\s{0,20}|\s{1,4}|,\s{0,4})(?!\s)`,
  "gi",
);
const QUOTE = /(\\*)(["'`])/y;
const BARE = /(?:[^\s"'`\\,;&[\]<>]|,(?=\w))+/y;
const LONGEST = 8192;

/** Where the text in quotes ends: at the same quote, or one of the JSON around it. */
function endOfQuoted(text: string, start: number, escapes: number, quote: string): number | undefined {
  const limit = Math.min(text.length, start + LONGEST);
  let slashes = 0;
  for (let at = start; at < limit; at++) {
    const char = text[at];
    if (char === "\n") return at;
    if ((char === quote || char === '"') && slashes <= escapes) return at - slashes;
    slashes = char === "\\" ? slashes + 1 : 0;
  }
  return limit === text.length ? limit - slashes : undefined;
}

function sticky(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

interface Value {
  start: number;
  end: number;
  quoted: boolean;
}

function valueAt(text: string, at: number): Value | undefined {
  const open = sticky(QUOTE, text, at);
  if (open === null) {
    const bare = sticky(BARE, text, at)?.[0];
    return bare === undefined ? undefined : { start: at, end: at + bare.length, quoted: false };
  }
  const [whole, slashes = "", quote = ""] = open;
  const start = at + whole.length;
  const end = endOfQuoted(text, start, slashes.length, quote);
  return end === undefined ? undefined : { start, end, quoted: true };
}

function named(text: string): string {
  if (!WORDS.test(text)) return text;
  const kept: string[] = [];
  let from = 0;
  NAMED.lastIndex = 0;
  for (let found = NAMED.exec(text); found !== null; found = NAMED.exec(text)) {
    const [, flag = "", word = "", ending = "", closing = "", leading = ""] = found;
    const assigns = /[:=]/.test(leading);
    if (!assigns && flag === "") continue;
    const value = valueAt(text, NAMED.lastIndex);
    if (value === undefined) continue;
    // After a name in quotes only what is in quotes is a text; the rest is a number or code.
    if (closing !== "" && !value.quoted) continue;
    const name: Named = { word: word + ending, flag: flag !== "", leading, quoted: value.quoted };
    if (isSecret(text.slice(value.start, value.end), name, text[value.end])) {
      kept.push(text.slice(from, value.start), mark(kindOf(word)));
      from = value.end;
      NAMED.lastIndex = value.end;
    } else if (!value.quoted) NAMED.lastIndex = value.end;
  }
  kept.push(text.slice(from));
  return kept.join("");
}

function kindOf(word: string): string {
  if (/pass|pwd/i.test(word)) return "password";
  const [kind] = /secret|token|key|cookie/i.exec(word) ?? ["credentials"];
  return kind.toLowerCase();
}

/** The text with a mark in place of each secret. What is JSON stays JSON. */
export function redact(text: string): string {
  return named(introduced(ownLooks(privateKeys(text))));
}
