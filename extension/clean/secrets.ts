/** What a text has that nobody should read, and what is to stand in its place. */
export interface Secret {
  start: number;
  end: number;
  mark: string;
}

export function mark(kind: string): string {
  return `[redacted: ${kind}]`;
}

/**
 * Where a token may begin: not inside a word, though the last letter of an escape, or of a colour's code, is of no
 * word. Having it in front also keeps long lines cheap, as no run of letters is then read from its every letter.
 */
const FRONT = String.raw`(?<!\w(?<!\\[bfnrtv]|\\u[\da-fA-F]{4}|%[\dA-Fa-f]{2}|\[[\d;]{0,9}m))`;
/** The same for those whose letters include the dash, which a line of a diff may begin with. */
const FRONT_OR_MINUS = String.raw`${FRONT}(?<![\w-]-(?<!\\n-))`;

/**
 * Secrets that can be told by their shape alone. What the group `kept` has stays. Every repetition has an end, or a
 * line of some megabytes would be too much for the engine to remember.
 */
const SHAPES: [kind: string, shape: RegExp][] = [
  ["Anthropic key", of("sk-ant-[\\w-]{20,2000}")],
  ["OpenRouter key", of("sk-or-[\\w-]{20,2000}")],
  ["OpenAI key", of("sk-(?:(?:proj|svcacct|service|admin|None)-[\\w-]{20,2000}|[A-Za-z0-9]{20,2000})")],
  ["GitHub token", of("gh[opur]_[A-Za-z0-9]{30,2000}")],
  // Those of apps have been a number and a JWT since 2026.
  ["GitHub token", of("ghs_[\\w.-]{29,2000}\\w")],
  ["GitHub token", of("github_pat_\\w{22,2000}")],
  ["GitLab token", of("gl(?:pat|dt|rtr?|cbt|ptt|ft|imt|agent|soat|ffct|oas|wt)-[\\w.-]{19,2000}\\w")],
  ["GitLab token", of("GR1348941[\\w-]{20}")],
  ["AWS key", of("(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])")],
  ["AWS key", of("ABSK[A-Za-z0-9+/]{100,2000}={0,2}")],
  ["Google key", of("AIza[\\w-]{35}")],
  ["Google key", of("AQ\\.[\\w-]{35,2000}")],
  ["Google token", of("(?:ya29\\.|GOCSPX-|1//0)[\\w-]{20,2000}")],
  ["Slack token", of("xox[a-z](?:\\.xox[a-z])?-[\\w-]{10,2000}")],
  ["Slack token", of("(?:xapp|xwfp)-[\\w-]{10,2000}")],
  ["Slack webhook", /(?<kept>hooks\.slack\.com\/(?:services|workflows|triggers)\/)[\w/-]{20,2000}/g],
  ["Discord webhook", /(?<kept>discord(?:app)?\.com\/api\/webhooks\/\d{1,30}\/)[\w-]{20,2000}/g],
  ["Stripe key", of("(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{10,2000}")],
  ["Stripe key", of("whsec_[A-Za-z0-9+/]{20,2000}={0,2}")],
  ["npm token", of("npm_[A-Za-z0-9]{36,2000}")],
  ["PyPI token", of("pypi-AgE[\\w-]{40,2000}")],
  ["Hugging Face token", of("hf_[A-Za-z0-9]{30,2000}")],
  ["SendGrid key", of("SG\\.[\\w-]{16,64}\\.[\\w-]{16,2000}")],
  ["DigitalOcean token", of("do[opr]_v1_[a-f0-9]{40,2000}")],
  ["Docker token", of("dckr_(?:pat|oat)_[\\w-]{20,2000}")],
  ["Vault token", of("hv[bsr]\\.[\\w-]{24,2000}")],
  ["Databricks token", of("dapi[a-f0-9]{32}")],
  ["Groq key", of("gsk_[A-Za-z0-9]{40,2000}")],
  ["xAI key", of("xai-[A-Za-z0-9]{40,2000}")],
  ["Shopify token", of("shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}")],
  ["age key", of("AGE-SECRET-KEY-1[A-Z0-9]{50,2000}")],
  ["JWT", new RegExp(`${FRONT_OR_MINUS}eyJ[\\w-]{10,8000}\\.eyJ[\\w-]{10,8000}\\.[\\w-]{0,8000}`, "g")],
  // A port may be followed by an address for mail.
  ["password", /(?<kept>:\/\/[^\s:/@"'`\\<>]{0,200}:)(?!\d{1,5}[?#,])[^\s/"'`\\<>]{1,1000}(?=@)/g],
  ["password", option("(?:mysql(?:dump|admin|import)?|mariadb)", "-p")],
  ["password", option("sshpass", "-p\\s{0,9}")],
  ["password", option("redis-cli", "-a\\s{1,9}")],
  ["password", option("docker\\s{1,9}login", "-p\\s{1,9}")],
  ["password", option("curl", "(?:-u|--user)[\\s=]{0,3}", "[^\\s:\"'\\\\]{1,100}:")],
];

function of(shape: string): RegExp {
  return new RegExp(FRONT + shape, "g");
}

/** The value of an option of a command, which may go on in the next line. */
function option(command: string, name: string, before = ""): RegExp {
  const until = String.raw`\b(?:[^\n;|&]|(?<=\\)\n){0,200}?\s`;
  const value = String.raw`\\{0,7}["']?${before})[^\s"'\\]{1,1000}`;
  return of(`(?<kept>${command}${until}${name}${value}`);
}

/** A variable, a word in brackets, or a row of x and stars, where the secret would stand. */
const STANDS_FOR_IT = /x{6}|\*{3}|\.{3}|…|\$\{|^(?:\$[\w(]|[<[{]|#\{|%[sd(]|%\w+%)/i;

/** The secrets in a text that look like one wherever they stand. */
export function* shaped(text: string): Generator<Secret> {
  for (const [kind, shape] of SHAPES)
    for (const match of text.matchAll(shape)) {
      const kept = match.groups?.kept?.length ?? 0;
      const end = match.index + match[0].length;
      if (!STANDS_FOR_IT.test(match[0].slice(kept)))
        yield { start: match.index + kept, end, mark: mark(kind) };
    }
  yield* privateKeys(text);
}

const BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
/** No key has these: it ends there, or before. */
const STOP = /["'`<(]|\\(?![\\nrt])|-----/g;
const END = /-?-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/y;
/** Code that looks for keys, and text about them, have their first line and maybe their last, but no key. */
const SOME = /[A-Za-z0-9+/=]{8}/;
const A_LINE = /[A-Za-z0-9+/=]{40}/;

function* privateKeys(text: string): Generator<Secret> {
  for (const match of text.matchAll(BEGIN)) {
    const inside = match.index + match[0].length;
    STOP.lastIndex = inside;
    const stop = STOP.exec(text)?.index ?? text.length;
    END.lastIndex = stop;
    const whole = END.test(text);
    const end = whole ? END.lastIndex : beforeEscape(text, stop);
    if ((whole ? SOME : A_LINE).test(text.slice(inside, stop)))
      yield { start: match.index, end, mark: mark("private key") };
  }
}

/** The backslashes before a stop are of what stops the key, as of the quote around it. */
function beforeEscape(text: string, stop: number): number {
  let end = stop;
  while (text[end - 1] === "\\") end--;
  return end;
}
