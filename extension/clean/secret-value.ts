/** The name that a value stands under, and how the two are joined. */
export interface Named {
  word: string;
  flag: boolean;
  leading: string;
  quoted: boolean;
}

const PLACEHOLDER =
  /^(?:[$%{<*(!|>/@&]|\.\.|x{3,}|-+$|your|my[_-]|the[_ -]|some[_-]|example|change|replace|dummy|todo|test$|foo$|process\.env|import\.meta|os\.|env\.|secrets\.|null$|none$|nil$|undefined$|true$|false$|yes$|no$|\[redacted)|\[redacted:|\$\{|…/i;
const TYPE =
  /^(?:string|str|text|number|integer|int|bool|boolean|any|unknown|never|void|object|bytes|buffer|varchar|required|optional|hidden|read|write|inherit|is|are|was|to|for|and|or|the|a|an|in|with|flag|option|must|should|not|if|from|value|input)$/i;
// A path of names, a call, a type with parameters.
const CODE = /^[A-Za-z_$][\w$]*(?:(?:\?\.|!\.|\.|::|->)[A-Za-z_$][\w$]*)+[!?)]*(?:\(.*)?$|[({]/;
const HASH = /^(?:[0-9a-f]+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:sha\d+|md5)[-:].*)$/i;

const GENERIC =
  /^(?:_?(?:key|auth)|cookies?|authorization|credentials?|(?:account|service|client)[_-]?key)$/i;
const STRICT = /pass|pwd|secret|api[_-]?key/i;

function mixed(value: string): boolean {
  return /\d/.test(value) && /[A-Za-z]/.test(value);
}

/** Bits per character: words have few, keys have many. */
function entropy(value: string): number {
  const counts = new Map<string, number>();
  for (const char of value) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}

function random(value: string): boolean {
  return (
    value.length >= 20 &&
    mixed(value) &&
    /^[\w+/=.~-]+$/.test(value) &&
    !HASH.test(value) &&
    entropy(value) > 3.5
  );
}

/** Names of the kind that a shell or .env file has leave no doubt that a plain value follows. */
function assured({ word, flag, leading }: Named): boolean {
  return flag || (leading === "=" && word === word.toUpperCase());
}

function quotedIsSecret(value: string, name: Named): boolean {
  // A sentence about a secret, such as a label.
  if (/\s/.test(value)) return /pass/i.test(name.word) && assured(name);
  if (/pass|secret|token|key/i.test(value) && !/\d/.test(value)) return false;
  return STRICT.test(name.word) ? value.length >= 4 : mixed(value) && value.length >= 8;
}

function bareIsSecret(value: string, name: Named, next: string | undefined): boolean {
  if (CODE.test(value) || next === "[" || next === "<") return false;
  if (/pass|pwd/i.test(name.word)) {
    if (/^[A-Za-z_$]+\d*[)}]*$/.test(value) && /pass|pwd/i.test(value)) return false;
    if (mixed(value)) return value.length >= 6;
    // A line of YAML. Code goes on after the name of a variable.
    return /^: +$/.test(name.leading) && (next === undefined || next === "\n") && /^[a-z]{6,}$/.test(value);
  }
  if (/^[A-Za-z_$]+(?:token|secret|key)\d*[)}]*$/i.test(value)) return false;
  return mixed(value) && value.length >= 8 && (value.match(/\d/g)?.length ?? 0) >= 2;
}

/** Whether a value is a secret, going by its name and by its looks. */
export function isSecret(value: string, name: Named, next: string | undefined): boolean {
  if (value.length < 3 || PLACEHOLDER.test(value) || TYPE.test(value)) return false;
  if (/^\d+$/.test(value)) return /pass|pwd/i.test(name.word) && value.length >= 4;
  if (/s$/i.test(name.word) && !/pass/i.test(name.word)) return random(value);
  if (GENERIC.test(name.word)) return random(value);
  if (assured(name)) return name.quoted || !/[({]/.test(value);
  return name.quoted ? quotedIsSecret(value, name) : bareIsSecret(value, name, next);
}
