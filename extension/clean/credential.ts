/** How a value is known to be meant: by the words around it, or because nothing but it can stand there. */
export interface Manner {
  /** People choose passwords, machines make tokens. */
  password: boolean;
  /** As in `TOKEN=…` and `--token …`: code doesn't look like this, so it need not look like a secret. */
  given: boolean;
  quoted: boolean;
}

/** So many letters no credential has. */
export const LONGEST = 4096;

/** Whether what is written where a credential belongs is one, rather than a name, a type or some code. */
export function isCredential(value: string, { password, given, quoted }: Manner): boolean {
  if (value.length < shortest(password, given) || value.length >= LONGEST) return false;
  if (PLACEHOLDERS.some(placeholder => placeholder.test(value))) return false;
  if (!quoted && (given ? KNOWN_OBJECT : MEMBER).test(value)) return false;
  if (given) return true;
  if (!quoted && NAMES_ONE.test(value)) return false;
  if (!password) return isRandom(value);
  if (quoted)
    return /\d/.test(value) || !(LABEL.test(value) || NAMES_ONE.test(value) || PATH_OF_WORDS.test(value));
  return /[^A-Za-z_]/.test(value) && value.length >= 6;
}

function shortest(password: boolean, given: boolean): number {
  if (!password) return 8;
  return given ? 3 : 4;
}

const PLACEHOLDERS = [
  // The quote before it ended a text, and began none.
  /^[\s,:;)}\]+]/,
  // Variables and templates of shells, workflows and programming languages.
  /^\$(?:\w+$|[{(])|\$\{|\{\{|#\{|^%\w*%?$|^@\w+@$|^\{.*\}$|^<|^\[/,
  // Nothing but one letter or dots, what was left out, what was redacted already.
  /^(.)\1*$|x{4}|X{4}|\*{3}|\.{3}|…|^0[0-]+0$/,
  /^(?:true|false|null|nil|none|undefined|void|string|number|boolean|object|unknown|required|optional|enabled|disabled|default|empty|text|hidden|bearer|basic|token|secret|pass|password|passwd|test|example|sample|changeme|todo|flag|option|argument|parameter|prompt|from|with|and|the|for|file|stdin)$/i,
  /^(?:your|change|insert|enter|replace|example|sample|dummy|placeholder|todo|fixme)(?![a-z\d]{8})|[-_ ]here$/i,
  // The name of an algorithm, a constant, a path.
  /^(?:sha|md|base|utf|aes|hs|rs|es|ps|argon|oauth|ed|rsa|http)[-_]?\d{1,4}(?:[-_][a-z]+)*$/i,
  /^[A-Z]+(?:_[A-Z]+)+$/,
  /^(?:~|\.{1,2})?\/(?:[a-z.@_-]{2,}|Users)(?:\/|$)/,
  // A number that counts or names something, a version.
  /^(?:-\d+|0x[\da-f]+|[\^~]?\d+\.\d+\.\d+(?:-.*)?)$/i,
  // As `docker build` names a secret that lies elsewhere.
  /^id=/,
];
const MEMBER = /^[A-Za-z_$][\w$]*(?:[?!]?\.[A-Za-z_$][\w$]*)+$/;
const KNOWN_OBJECT = /^(?:process|import|os|env|self|this|config|settings|secrets|vars|Deno|Bun)\b\./;

/** What a form says of its field, a word with a capital, or a message. */
const LABEL = /\s|^\p{Lu}\p{Ll}+$/u;
/** A password has rarely the word in it; what is named after it is often the key of another thing. */
const NAMES_ONE = /pass(?:word|wd|phrase)|secret|token|credential/i;
const PATH_OF_WORDS = /^[A-Za-z]+(?:[._][A-Za-z]+)+$/;

/** Below so many bits a letter, a value repeats itself more than a made one does. */
const LEAST_BITS = 2.5;

/** Whether only a machine would have written this. */
function isRandom(value: string): boolean {
  return (
    /\d/.test(value) &&
    /[A-Za-z]/.test(value) &&
    !/\s/.test(value) &&
    entropy(value) >= LEAST_BITS &&
    !isWords(value)
  );
}

const PARTS = /[^A-Za-z0-9]+|(?<=[a-z])(?=[A-Z])/;
const WORD = /^(?:[A-Z]?[a-z]+|[A-Z]+)?\d{0,4}$/;

/** Whether it falls into words and short numbers, such as names, versions and dates do. */
function isWords(value: string): boolean {
  return value.split(PARTS).every(part => WORD.test(part));
}

/** How much a letter of it tells, in bits, as Shannon has it. */
function entropy(value: string): number {
  const counts = new Map<string, number>();
  for (const letter of value) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}
