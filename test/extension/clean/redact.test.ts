import { readdirSync, readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { expect, test } from "vitest";
import { redact } from "../../../extension/clean/redact.ts";

// Put together here, so that no scanner takes this file for a leak.
const LETTERS = "R1gF4keK3yAbCdEfGhIjKlMnOpQrStUvWxYz0123456789";
const some = (length: number) => LETTERS.repeat(3).slice(0, length);
const JWT = `${"ey"}J${some(20)}.${"ey"}J${some(30)}.${some(24)}`;
const KEY = [`-----BEGIN RSA ${"PRIVATE"} KEY-----`, some(64), some(64), "abcd=="];
const BLOCK = [...KEY, `-----END RSA ${"PRIVATE"} KEY-----`];

const LOOKS = [
  ["Anthropic key", `sk-${"ant"}-api03-${some(40)}`],
  ["OpenAI key", `sk-${"proj"}-${some(40)}`],
  ["OpenAI key", `sk-${some(48)}`],
  ["GitHub token", `gh${"p"}_${some(36)}`],
  ["GitHub token", `github_${"pat"}_${some(40)}`],
  ["GitLab token", `gl${"pat"}-${some(20)}`],
  ["AWS key", `AK${"IA"}QX7EXAMPLERIG123`],
  ["Google key", `AI${"za"}${some(35)}`],
  ["Slack token", `xo${"xb"}-111111111111-${some(24)}`],
  ["Stripe key", `sk_${"live"}_${some(24)}`],
  ["npm token", `npm${"_"}${some(36)}`],
  ["JWT", JWT],
] as const;

const DRESSES: [string, (secret: string) => string][] = [
  ["alone", secret => secret],
  ["in a sentence", secret => `Use ${secret}, then go on.`],
  ["in code", secret => `const client = connect("${secret}");`],
  ["in JSON", secret => JSON.stringify({ a: `one\n${secret}\ntwo` })],
  ["in JSON in JSON", secret => JSON.stringify({ a: JSON.stringify({ b: `"${secret}"` }) })],
  ["in a removed line", secret => `-${secret}\n+none`],
  ["in a removed line in JSON", secret => JSON.stringify({ a: `x\n-${secret}\n+none` })],
  ["in .env", secret => `ANYTHING=${secret}\nNEXT=1`],
  ["in a URL", secret => `https://example.com/?q=${secret}&b=1`],
];

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function expectGone(text: string, secret: string): void {
  const clean = redact(text);
  expect(clean).not.toContain(secret);
  expect(clean).toContain("[redacted: ");
  expect(redact(clean)).toBe(clean);
  expect(isJson(clean)).toBe(isJson(text));
}

test.each(LOOKS)("says that it was a %s", (kind, secret) =>
  expect(redact(secret)).toBe(`[redacted: ${kind}]`),
);

test.each(
  LOOKS.flatMap(([kind, secret]) => DRESSES.map(([dress, wear]) => [kind, dress, wear(secret), secret])),
)("%s %s", (_kind, _dress, text, secret) => expectGone(text, secret));

const PASS = `${"S3cr3t"}Passw0rd`;

test.each([
  [`password: ${PASS}`, "password: [redacted: password]"],
  ["db:\n  password: swordfish\n", "db:\n  password: [redacted: password]\n"],
  [`{"password":"${PASS}","a":1}`, '{"password":"[redacted: password]","a":1}'],
  ['{"password":"a\\"b\\\\c1","a":1}', '{"password":"[redacted: password]","a":1}'],
  [`{"c":"{\\"dbPassword\\": \\"${PASS}\\"}"}`, '{"c":"{\\"dbPassword\\": \\"[redacted: password]\\"}"}'],
  ['{"c":"{\\"password\\": \\"a\\\\\\"b1\\"}"}', '{"c":"{\\"password\\": \\"[redacted: password]\\"}"}'],
  ['{"c":"password=\'hunter2","a":1}', '{"c":"password=\'[redacted: password]","a":1}'],
  ['password = "it\'s-me"', 'password = "[redacted: password]"'],
  ["DB_PASSWORD=swordfish\nNEXT=1", "DB_PASSWORD=[redacted: password]\nNEXT=1"],
  ["DB_PASSWORD=12345678", "DB_PASSWORD=[redacted: password]"],
  ["DB_PASSWORD='correct horse battery'", "DB_PASSWORD='[redacted: password]'"],
  ["export TOKEN=abcdefghij; ls", "export TOKEN=[redacted: token]; ls"],
  [
    "-SECRET_KEY=abc-def-1\n+SECRET_KEY=xyz",
    "-SECRET_KEY=[redacted: secret]\n+SECRET_KEY=[redacted: secret]",
  ],
  [`AWS_SECRET_ACCESS_KEY=${some(20)}/${some(19)}`, "AWS_SECRET_ACCESS_KEY=[redacted: secret]"],
  [`const api_key = '${some(24)}';`, "const api_key = '[redacted: key]';"],
  [`apiKey: "${some(24)}",`, 'apiKey: "[redacted: key]",'],
  [`PAGER_KEY=${some(32)}`, "PAGER_KEY=[redacted: key]"],
  [`accessToken: "${some(24)}"`, 'accessToken: "[redacted: token]"'],
  [`//registry.example.com/:_authToken=${some(30)}`, "//registry.example.com/:_authToken=[redacted: token]"],
  ["login --password foo-bar --yes", "login --password [redacted: password] --yes"],
  ["login --password=foo-bar", "login --password=[redacted: password]"],
  ['["login","--api-token","foo-bar"]', '["login","--api-token","[redacted: token]"]'],
  [
    `curl -H 'Authorization: Bearer ${some(20)}' x`,
    "curl -H 'Authorization: Bearer [redacted: bearer token]' x",
  ],
  ["Authorization: Basic c2FtOmh1bnRlcg==", "Authorization: Basic [redacted: credentials]"],
  [`{"authorization":"Bearer ${some(20)}"}`, '{"authorization":"Bearer [redacted: bearer token]"}'],
  ["curl -s -u sam:hunter2 http://a", "curl -s -u sam:[redacted: password] http://a"],
  [`https://sam:${PASS}@example.com/x`, "https://sam:[redacted: password]@example.com/x"],
  [
    `DATABASE_URL=postgres://rig:${PASS}@db:5432/app`,
    "DATABASE_URL=postgres://rig:[redacted: password]@db:5432/app",
  ],
  ["redis://:hunter2@cache:6379", "redis://:[redacted: password]@cache:6379"],
  ["Server=a;Pwd=hunter2;Database=b", "Server=a;Pwd=[redacted: password];Database=b"],
  ["GET /x?access_token=abc12345&b=1", "GET /x?access_token=[redacted: token]&b=1"],
  [`пароль 🔑 password: "${PASS}🔑" 🔒`, 'пароль 🔑 password: "[redacted: password]" 🔒'],
])("%s", (text, clean) => {
  expect(redact(text)).toBe(clean);
  expect(redact(clean)).toBe(clean);
  expect(isJson(clean)).toBe(isJson(text));
});

test.each<[string, string]>([
  ["as it is", BLOCK.join("\n")],
  ["cut off", KEY.slice(0, 3).join("\n")],
  ["in a diff", BLOCK.map(line => `+${line}`).join("\n")],
  ["as Read prints it", BLOCK.map((line, at) => `${at + 1}\t${line}`).join("\n")],
  ["in JSON", JSON.stringify({ content: BLOCK.join("\n"), next: 1234 })],
  ["in JSON in JSON", JSON.stringify({ a: JSON.stringify({ content: BLOCK.join("\r\n") }) })],
  ["as a list of lines", JSON.stringify({ lines: BLOCK.map(line => `+${line}`), next: 1234 })],
])("a private key %s", (_, text) => {
  expectGone(text, some(64));
  if (text.includes("abcd==")) expectGone(text, "abcd==");
});

const SHA = "9fceb02d0ae598e95dc970b74767f19372d61af8";
const UUID = "b22ba6e4-0a5c-471e-b24b-d5cd9a0773b3";

test.each([
  SHA,
  UUID,
  `commit ${SHA}`,
  `{"cacheKey":"${SHA}","sessionKey":"${UUID}"}`,
  `{"tool_use_id":"toolu_01mHLAe5AVikYGOBohrAFqKm","id":"msg_01M1OItrG35RKCwJiiRRkGkV"}`,
  `{"requestId":"req_011FW98mUt9D2sHp0joXQzXg"}`,
  `{"type":"thinking","thinking":"the token","signature":"EqQB${some(100)}/+=="}`,
  `"integrity": "sha512-${some(80)}=="`,
  `integrity="sha256-${some(43)}="`,
  "TOKEN=<your token>",
  "TOKEN=xxxxxxxx",
  "TOKEN=your-token-here",
  "password: ********",
  "TOKEN=$TOKEN",
  "TOKEN=${" + "TOKEN:-}",
  'curl -H "Authorization: Bearer $TOKEN" https://example.com',
  "Bearer authentication is used, with a bearer token in each request",
  "token: ${" + "{ secrets.GITHUB_TOKEN }}",
  "const token = process.env.TOKEN;",
  "token = os.environ['TOKEN']",
  '{"password":null,"token":true,"secret":123456}',
  "password: true",
  "function login(token: string, password: string): void {}",
  "password: z.string()",
  "secret: Option<String>,",
  "password: str = Field(...)",
  '"password": { "type": "string" }',
  '"token": "string"',
  "max_tokens: 1234",
  '"max_tokens": 4096',
  "token_count: 123456789",
  "TOKEN_COUNT=abcd1234",
  'tokenizer: "cl100k_base"',
  "const token = getToken()",
  "const token = await client.getToken(user2);",
  "login(token=token, password=password)",
  "login(password=userPassword)",
  "this.token = token;",
  "if (token === 'abc12345') return",
  'password: "Password"',
  'label: "Password:"',
  '"password": "Type your password here"',
  "--password-stdin",
  "The flag --token is required.",
  "docker run -u 1000:1000 -p 80:80 image",
  "https://example.com:8080/a@b",
  "https://user:$PASS@example.com",
  "git@github.com:acme/demo.git",
  "import { Token } from './token.ts';",
  "class=sk-circle-fade-dot task-management-board",
  `-----BEGIN ${"PRIVATE"} KEY-----`,
  "naïve 🔑 密码",
  "",
])("leaves %j alone", text => expect(redact(text)).toBe(text));

const CAPTURES = "test/fixtures/captures";
const isTranscript = (path: string) => path.endsWith(".jsonl");

test("finds every secret of the captures, and nothing else", () => {
  const { secrets }: { secrets: string[] } = JSON.parse(
    readFileSync(`${CAPTURES}/secrets/expected.json`, "utf8"),
  );
  expect(secrets.length).toBeGreaterThan(0);
  for (const path of readdirSync(CAPTURES, { encoding: "utf8", recursive: true }).filter(isTranscript))
    for (const line of readFileSync(`${CAPTURES}/${path}`, "utf8").split("\n")) {
      const clean = redact(line);
      if (!path.startsWith("secrets/")) expect(clean).toBe(line);
      expect(isJson(clean)).toBe(isJson(line));
      expect(redact(clean)).toBe(clean);
      for (const secret of secrets) {
        expect(clean).not.toContain(secret);
        expect(clean).not.toContain(JSON.stringify(secret).slice(1, -1));
      }
    }
});

// The least of three runs, for a byte.
function pace(unit: string, bytes: number): number {
  const text = unit.repeat(Math.ceil(bytes / unit.length));
  const times = [1, 2, 3].map(() => {
    const start = performance.now();
    redact(text);
    return performance.now() - start;
  });
  return Math.min(...times) / text.length;
}

test.each([
  "a",
  "token=",
  'token="',
  "password: 'x ",
  "-eyJ",
  " eyJabcdefgh.",
  "://a:",
  "curl -u ",
  "bearer a",
  "--",
  "token ",
  KEY[0] ?? "",
  '{\\"secret\\": \\"a b',
])(
  "reads a line of %j in linear time",
  unit => {
    const small = pace(unit, 100_000);
    expect(pace(unit, 5_000_000)).toBeLessThan(small * 8);
  },
  60_000,
);
