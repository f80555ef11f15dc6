import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Redactor } from "../../../extension/clean/redact.ts";
import { some } from "./fake-secrets.ts";

const redact = (text: string) => new Redactor().redact(text);

const sha = "d41d8cd98f00b204e9800998ecf8427e0a1b2c3d";
const $ = "$";
const uuid = "0f8b2c1d-93aa-4c1e-9d7b-3f1c5a7e2b90";

test.each([
  `commit ${sha}\nindex 83db48f..bf2a1c0 100644`,
  `sha256:${sha}${sha.slice(0, 24)}`,
  `{"uuid":"${uuid}","sessionId":"${uuid}","session_id":"${uuid}"}`,
  "toolu_01mHLAe5AVikYGOBohrAFqKm msg_01M1OItrG35RKCwJiiRRkGkV req_011FW98mUt9D2sHp0joXQzXg",
  `{"type":"thinking","signature":"EqQBb${some(200)}+/${some(99)}=="}`,
  `"integrity": "sha512-${some(86)}=="`,
  "color: #ff00aa; background: #1234567890",
  "token: <your token>",
  'api_key: "<your-api-key>"',
  "TOKEN=xxxxxxxxxxxxxxxx",
  "PASSWORD=********",
  `TOKEN=$TOKEN\nA=${$}{TOKEN}\nB=$(cat token)`,
  `PASSWORD=${$}{DB_PASSWORD:-}`,
  `token: "${$}{{ secrets.GITHUB_TOKEN }}"`,
  `token: ${$}{{ secrets.GITHUB_TOKEN }}`,
  "const token = process.env.TOKEN;",
  "const token = getToken();",
  "const token = await auth.getToken(a1b2c3d4);",
  'const password = document.querySelector("#password");',
  "const MAX_PASSWORD = 100001;",
  "password: null, token: true, secret: undefined",
  '{"password":null,"token":true,"tokens":1234}',
  "interface A { token: string; password?: string; secret: Buffer1 }",
  "password: z.string().min(8), token: Joi.string()",
  "this.token = options.token1; a.password = b.password2",
  "function t(e,n){return this.token=e,this.password=n,t.secret=n.secret}",
  "tokens: 1234567890, max_tokens: 128000, token_count: 1234567, input_tokens=12345678",
  'next_page_token: 3, "nextPageToken": "CAUQAA1b2c3d4e5f6"',
  "secretary: abcdefgh12345678, tokenizer: gpt2tokenizer12345x",
  "import { token } from '../auth/token1/secret2.ts'",
  'type: "password", name: "token", "password": "Password"',
  '{"password": "Please enter your password"}',
  'secretName: "db-credentials-2024", secret: "gcp-service-account-2024"',
  "if (token === null || password == undefined) throw new Error('Invalid token: expired')",
  "Bearer authentication with a bearer token is required",
  "PWD=/home/u/dev\nOLDPWD=/home/u",
  "token: HS256, secret: sha256",
  "http://localhost:3000/@scope/name https://example.com:8080/a@b",
  `https://user:$PASSWORD@example.com https://${$}{user}:${$}{pass}@host`,
  "task-1234567890abcdefghijklmnop disk-proj-aaaaaaaaaaaaaaaaaaaaaaaaa",
  "text.startsWith('-----BEGIN PRIVATE KEY-----') && text.endsWith('-----END PRIVATE KEY-----')",
  "docker build --secret id=npmrc,src=.npmrc .",
  "npm_config_registry=x npm_package_version=1",
  "primary_key: abc123def456, keyboard: a1b2c3d4e5, author: x1y2z3a4b5",
  `data:image/png;base64,${some(400)}`,
])("%j stays", text => {
  for (const whole of [text, JSON.stringify({ a: text }), text.replaceAll("\n", "\r\n"), `+${text}`])
    expect(redact(whole)).toBe(whole);
});

const CAPTURES = "test/fixtures/captures";
const lines = (...scenarios: string[]) =>
  scenarios
    .flatMap(scenario =>
      readdirSync(join(CAPTURES, scenario), { recursive: true, encoding: "utf8" }).map(file =>
        join(CAPTURES, scenario, file),
      ),
    )
    .filter(file => file.endsWith(".jsonl"))
    .flatMap(file => readFileSync(file, "utf8").split("\n"));

test("real sessions that have no secrets stay as they are", () => {
  const all = lines(...readdirSync(CAPTURES).filter(scenario => scenario !== "secrets"));
  expect(all.length).toBeGreaterThan(2000);
  expect(all.filter(line => redact(line) !== line)).toEqual([]);
});

test("a real session that has secrets keeps none, and stays JSON", () => {
  const { secrets } = JSON.parse(readFileSync(join(CAPTURES, "secrets/expected.json"), "utf8")) as {
    secrets: string[];
  };
  expect(secrets).toHaveLength(8);
  const before = lines("secrets").filter(line => line !== "");
  const after = before.map(redact);
  for (const line of after) expect(() => JSON.parse(line)).not.toThrow();
  for (const secret of secrets) {
    // Of a connection string only the password goes.
    const part = /:\/\/\w+:(.*)@/.exec(secret)?.[1] ?? JSON.stringify(secret).slice(1, -1);
    expect(before.join("\n")).toContain(part);
    expect(after.join("\n")).not.toContain(part);
  }
});

const repeated = (unit: string) => (length: number) => unit.repeat(length / unit.length);

test.each<[string, (length: number) => string]>([
  ["minified code", repeated("function t(e,n){return this.token=e.token,n.a[0]+e.password}")],
  ["base64", repeated(`${some(76)}+/`)],
  ["what may begin a JWT", repeated("-eyJ-")],
  ["one endless token", length => `sk-${"ant"}-${"a".repeat(length)}`],
  ["one endless value", length => `TOKEN=${"a1;".repeat(length / 3)}`],
  ["quotes that are never closed", repeated("token=`x'")],
  ["keys without end", repeated(`-----BEGIN ${"PRIVATE"} KEY-----\nAAAA`)],
  ["addresses", repeated("://a:@:")],
  ["commands", repeated("curl mysql ")],
])(
  "a long line of %s takes as long for each megabyte as a short one",
  (_, make) => {
    const redactor = new Redactor();
    const fastest = (text: string, times: number) =>
      Math.min(
        ...Array.from({ length: times }, () => {
          const start = performance.now();
          redactor.redact(text);
          return performance.now() - start;
        }),
      );
    const [short, long] = [make(100_000), make(10_000_000)];
    fastest(short, 3);
    // A pass of a millisecond is not told from none.
    expect(fastest(long, 1) / 100).toBeLessThan(8 * Math.max(fastest(short, 10), 0.5));
  },
  60_000,
);
