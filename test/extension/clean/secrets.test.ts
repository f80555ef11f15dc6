import { expect, test } from "vitest";
import { Redactor } from "../../../extension/clean/redact.ts";

const redact = (text: string) => new Redactor().redact(text);

// What looks like a secret is put together here, so that nobody takes this file for a leak.
const LETTERS = "R1gF4k3T0kenAb9cDeXy7";
const some = (length: number) => LETTERS.repeat(Math.ceil(length / LETTERS.length)).slice(0, length);
const jwt = `${"ey"}J${some(20)}.${"ey"}J${some(30)}.${some(24)}`;

const SHAPED: [kind: string, secret: string][] = [
  ["Anthropic key", `sk-${"ant"}-api03-${some(60)}-_AA`],
  ["OpenAI key", `sk-${"proj"}-${some(60)}_${some(20)}`],
  ["OpenAI key", `sk${"-"}${some(48)}`],
  ["OpenRouter key", `sk-${"or"}-v1-${"0a1b".repeat(16)}`],
  ["GitHub token", `gh${"p"}_${some(36)}`],
  ["GitHub token", `gh${"s"}_12345_${jwt}`],
  ["GitHub token", `github${"_pat"}_${some(22)}_${some(59)}`],
  ["GitLab token", `gl${"pat"}-${some(20)}`],
  ["GitLab token", `gl${"pat"}-${some(40)}.01.0w1a2b3c4`],
  ["AWS key", `AK${"IA"}QX7EXAMPLERIG123`],
  ["Google key", `AI${"za"}Sy${some(33)}`],
  ["Google key", `A${"Q."}Ab8${some(47)}`],
  ["Google token", `ya${"29."}${some(60)}`],
  ["Slack token", `xo${"xb"}-111111111111-222222222222-${some(24)}`],
  ["Stripe key", `sk_${"live"}_${some(24)}`],
  ["Stripe key", `wh${"sec"}_${some(32)}`],
  ["npm token", `np${"m"}_${some(36)}`],
  ["Hugging Face token", `h${"f"}_${some(34)}`],
  ["JWT", jwt],
];

const dressed = (secret: string): string[] => [
  secret,
  `I used ${secret}. And then`,
  JSON.stringify({ content: `a\n${secret}\nb`, next: 1 }),
  JSON.stringify({ input: JSON.stringify({ api_key: secret, list: [secret] }) }),
  `SERVICE=${secret}\r\nOTHER=1`,
  `service:\n  key: ${secret}  # ours`,
  `export X='${secret}' && run "${secret}"`,
  `https://example.com/?key=${secret}&page=2`,
  `https://${secret}@example.com/a.git`,
  `@@ -1 +1 @@\n-${secret}\n+${secret}\n`,
  JSON.stringify({ diff: `@@ -1 +1 @@\n-${secret}\n+${secret}\n` }),
  `\u001b[32m${secret}\u001b[0m`,
  `日本語${secret}🔑`,
];

test.each(SHAPED)("%s %s vanishes, whatever is around it", (kind, secret) => {
  for (const text of dressed(secret)) {
    const clean = redact(text);
    expect(clean).toBe(text.replaceAll(secret, `[redacted: ${kind}]`));
    expect(redact(clean)).toBe(clean);
  }
});

const pem = (name: string, lines: string[]) =>
  [`-----BEGIN ${name}${"PRIVATE"} KEY-----`, ...lines, `-----END ${name}${"PRIVATE"} KEY-----`].join("\n");
const KEY = pem("RSA ", ["Proc-Type: 4,ENCRYPTED", "", "MIIEowIBAAKCAQEA".repeat(4), "abcd"]);
const CUT = KEY.slice(0, -40);

test.each<[string, string, string]>([
  ["alone", KEY, "[redacted: private key]"],
  ["in JSON", JSON.stringify({ k: `${KEY}\n`, n: 1 }), '{"k":"[redacted: private key]\\n","n":1}'],
  [
    "in JSON in JSON",
    JSON.stringify(JSON.stringify({ k: KEY })),
    JSON.stringify(JSON.stringify({ k: "[redacted: private key]" })),
  ],
  ["with the line ends of Windows", `${KEY.replaceAll("\n", "\r\n")}\r\nx`, "[redacted: private key]\r\nx"],
  ["taken out by a diff", `-${KEY.replaceAll("\n", "\n-")}\n+x`, "-[redacted: private key]\n+x"],
  ["cut short", JSON.stringify({ k: CUT, n: 1 }), '{"k":"[redacted: private key]","n":1}'],
  [
    "of PGP",
    pem("PGP ", ["x"]).replaceAll("KEY-----", "KEY BLOCK-----").replace("x", some(64)),
    "[redacted: private key]",
  ],
])("a private key %s vanishes", (_, text, clean) => {
  expect(redact(text)).toBe(clean);
  expect(redact(clean)).toBe(clean);
});
