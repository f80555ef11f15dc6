/** A secret that can be told by its own looks. */
export interface Secret {
  kind: string;
  /** No text without one of these holds such a secret; looking for them is cheap. */
  signs: string[];
  pattern: RegExp;
}

// A secret begins where a word does, or after the escape of a line end or the minus of a diff.
// Every pattern starts at such an edge, so that no run of characters is read twice.
const EDGE = String.raw`(?<=(?:^|[^\w-]|\\[nrt])-?)`;

function secret(kind: string, signs: string[], pattern: string): Secret {
  return { kind, signs, pattern: new RegExp(EDGE + pattern, "g") };
}

export const SECRETS: Secret[] = [
  secret("Anthropic key", ["sk-ant-"], String.raw`sk-ant-[\w-]{16,}`),
  secret("OpenAI key", ["sk-"], String.raw`sk-(?:(?:proj|svcacct|admin)-[\w-]{20,}|[A-Za-z0-9]{32,})`),
  secret(
    "GitHub token",
    ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"],
    String.raw`(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,})`,
  ),
  secret("GitLab token", ["gl"], String.raw`gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|soat|oas)-[\w.-]{20,}`),
  secret("AWS key", ["AKIA", "ASIA"], String.raw`(?:AKIA|ASIA)[A-Z0-9]{16}(?!\w)`),
  secret(
    "Google key",
    ["AIza", "ya29.", "GOCSPX-"],
    String.raw`(?:AIza[\w-]{35}|ya29\.[\w-]{20,}|GOCSPX-[\w-]{20,})`,
  ),
  secret("Slack token", ["xox", "xapp-"], String.raw`(?:xox[abceoprs]|xapp)-[\w-]{10,}`),
  secret(
    "Slack webhook",
    ["hooks.slack.com"],
    String.raw`hooks\.slack\.com/(?:services|workflows)/[A-Za-z0-9/]{20,}`,
  ),
  secret(
    "Stripe key",
    ["k_live_", "k_test_", "whsec_"],
    String.raw`(?:[sr]k_(?:live|test)_\w{10,}|whsec_[\w+/=]{16,})`,
  ),
  secret("npm token", ["npm_"], String.raw`npm_[A-Za-z0-9]{36}`),
  secret("JWT", ["eyJ"], String.raw`eyJ[\w-]{8,}\.eyJ[\w-]{4,}(?:\.[\w-]*)?`),
];

/** A secret that is told by the words before it, which are kept. */
export interface Introduced {
  kind: string;
  signs: RegExp;
  /** The words, then the secret. */
  pattern: RegExp;
}

export const INTRODUCED: Introduced[] = [
  {
    kind: "password",
    signs: /:\/\//,
    pattern: /(:\/\/[^\s/:@"'`\\<>]{0,100}:)([^\s/"'`\\<>]{1,300})(?=@)/g,
  },
  {
    kind: "credentials",
    signs: /authorization/i,
    pattern:
      /(authorization\\*["']?\s{0,4}[:=,]\s{0,4}\\*["'`]?\s{0,4}(?:basic|token|digest|apikey)\s{1,4})([\w.~+/=-]{6,})/gi,
  },
  {
    kind: "bearer token",
    signs: /bearer/i,
    // A word after it is prose ("Bearer authentication"), so some digit must be seen, or great length.
    pattern: /(bearer(?:\s|%20){1,4})((?=[A-Za-z._~+/=-]{0,80}\d|[\w.~+/=-]{30})[\w.~+/=-]{8,})/gi,
  },
  {
    kind: "password",
    signs: /curl/,
    pattern: /(\bcurl\b[^\n|;]{0,300}?\s(?:-u|--user)[\s=]{1,4}\\*["']?[\w.@-]{1,100}:)([^\s"'\\]+)/g,
  },
];

// Line ends, quotes and commas of a list of lines, the marks of a diff, the numbers that Read prints.
const BETWEEN = String.raw`(?:[\s"',+>|-]|\\+[nrt"]|\d{1,6}(?:\t|\\+t|→))`;

/** The head of a private key, then its lines as far as they go: a key may be cut off. */
export const PRIVATE_KEY = new RegExp(
  String.raw`(-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)` +
    String.raw`((?:(?:Proc-Type|DEK-Info|Version|Comment): [\w ,.-]{1,80}|[A-Za-z0-9+/=]{16,}|(?!-----)${BETWEEN})+` +
    String.raw`(?:[A-Za-z0-9+/]{1,15}={0,2}(?=${BETWEEN}{0,20}-----END))?)`,
  "g",
);
