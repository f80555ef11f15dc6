import { expect, test } from "vitest";
import { Redactor } from "../../../extension/clean/redact.ts";
import { pem, SHAPED, some } from "./fake-secrets.ts";

const redact = (text: string) => new Redactor().redact(text);

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
